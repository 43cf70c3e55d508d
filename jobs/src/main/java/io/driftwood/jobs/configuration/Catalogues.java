package io.driftwood.jobs.configuration;

import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.Rejuvenations;
import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.particle.Resamplers;
import io.driftwood.inference.transition.Transitions;
import java.util.List;

/** Every catalogue a configuration chooses from. */
public final class Catalogues {

    static final Catalogue<?> MODELS = Catalogue.of("model");
    static final Catalogue<?> HISTORIES = Histories.CATALOGUE;
    static final Catalogue<?> SOURCES = Catalogue.of("source");
    static final Catalogue<?> SINKS = Catalogue.of("sink");

    /** In the order in which {@code driftwood list} shows them. */
    public static final List<Catalogue<?>> ALL =
            List.of(MODELS, Transitions.CATALOGUE, Resamplers.CATALOGUE, Rejuvenations.CATALOGUE, HISTORIES, SOURCES, SINKS);

    private Catalogues() {}
}
