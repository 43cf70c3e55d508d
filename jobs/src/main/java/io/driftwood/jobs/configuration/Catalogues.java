package io.driftwood.jobs.configuration;

import io.driftwood.connectors.Sinks;
import io.driftwood.connectors.Sources;
import io.driftwood.connectors.contract.SinkConnector;
import io.driftwood.inference.assimilate.Assimilations;
import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.Rejuvenations;
import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.stream.DenoisingPriors;
import io.driftwood.inference.denoise.stream.Denoisings;
import io.driftwood.inference.filter.Filters;
import io.driftwood.inference.filter.dynamics.StateSpaceModels;
import io.driftwood.inference.learn.Learners;
import io.driftwood.inference.learn.Trainings;
import io.driftwood.inference.model.Models;
import io.driftwood.inference.model.prior.Priors;
import io.driftwood.inference.particle.Resamplers;
import io.driftwood.inference.sample.Samplers;
import io.driftwood.inference.transition.Transitions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every catalogue a configuration chooses from. */
public final class Catalogues {

    public static final Catalogue<SinkConnector> SINKS = withOf(Option.withDefault("of",
            Shape.choice("summaries", "dead-letters", "late", "rejected", "answers", "alarms", "learned"), "summaries",
            "Which records go there: summaries, records that could not be read, late ones, ones that the posterior refused, answers to questions,"
                    + " alarms, or versions of what was learned: here, or elsewhere and taken up."));
    public static final Catalogue<SinkConnector> SAMPLE_SINKS = withOf(Option.withDefault("of",
            Shape.choice("draws", "diagnostics"), "draws", "What goes there: draws, or the talk and the closing tables as lines of text."));

    /** What {@code model} may name: parameters that stand still, or a state that moves. */
    public static final Catalogue<Object> MODELS = new Catalogue<>(Models.CATALOGUE.kind(),
            Stream.<Entry<?>>concat(Models.CATALOGUE.entries().stream(), StateSpaceModels.CATALOGUE.entries().stream()).toList());

    /** In the order in which {@code driftwood list} shows them. */
    public static final List<Catalogue<?>> ALL = List.of(
            Models.CATALOGUE, StateSpaceModels.CATALOGUE, Filters.CATALOGUE, Priors.CATALOGUE, Transitions.CATALOGUE, Resamplers.CATALOGUE,
            Rejuvenations.CATALOGUE, Assimilations.CATALOGUE, Histories.CATALOGUE,
            DenoisingPriors.CATALOGUE, Denoisings.CHANNELS, Denoisings.DRIFTS,
            Learners.CATALOGUE, Trainings.CATALOGUE, Sources.CATALOGUE, SINKS, SampleTargets.CATALOGUE, Samplers.CATALOGUE);

    private Catalogues() {}

    /** What the entries of a catalogue are, in the plural: "models", "histories". */
    public static String plural(Catalogue<?> catalogue) {
        String kind = catalogue.kind();
        return kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
    }

    /** Any sink carries any kind of record; which kind is the job's affair and not the sink's. */
    private static Catalogue<SinkConnector> withOf(Option of) {
        Catalogue<SinkConnector> sinks = Sinks.CATALOGUE;
        List<Entry<? extends SinkConnector>> entries = new ArrayList<>();
        for (Entry<? extends SinkConnector> entry : sinks.entries()) {
            entries.add(with(of, entry));
        }
        return new Catalogue<>(sinks.kind(), List.copyOf(entries));
    }

    private static <T> Entry<T> with(Option option, Entry<T> entry) {
        return new Entry<>(entry.name(), entry.help(), entry.notes(), Stream.concat(Stream.of(option), entry.options().stream()).toList(), entry.build());
    }
}
