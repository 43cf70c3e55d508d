package io.driftwood.jobs.configuration;

import io.driftwood.inference.catalogue.Catalogue;
import java.util.List;

/** Every catalogue a configuration chooses from. */
public final class Catalogues {

    static final Catalogue<?> MODELS = Catalogue.of("model");
    static final Catalogue<?> TRANSITIONS = Catalogue.of("transition");
    static final Catalogue<?> RESAMPLERS = Catalogue.of("resampler");
    static final Catalogue<?> HISTORIES = Catalogue.of("history");
    static final Catalogue<?> SOURCES = Catalogue.of("source");
    static final Catalogue<?> SINKS = Catalogue.of("sink");

    /** In the order in which {@code driftwood list} shows them. */
    public static final List<Catalogue<?>> ALL = List.of(MODELS, TRANSITIONS, RESAMPLERS, HISTORIES, SOURCES, SINKS);

    private Catalogues() {}
}
