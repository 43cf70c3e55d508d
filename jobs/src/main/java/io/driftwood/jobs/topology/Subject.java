package io.driftwood.jobs.topology;

import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.Posteriors;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.denoise.stream.Denoisings;
import io.driftwood.inference.filter.Filters;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.filter.dynamics.StateSpaceModels;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.summary.SummaryOptions;
import io.driftwood.jobs.configuration.Catalogues;
import java.util.List;

/** What a job is about: parameters that stand still, a state that moves, or an x that is measured. All make a recursion of the same kind. */
public sealed interface Subject {

    /** The numbers a record must carry. */
    List<String> fields();

    /** What summaries are of. */
    ParameterSpace space();

    /** Fields at which a response can be predicted. */
    List<String> covariates();

    /** The recursion that these settings of a whole configuration ask for. */
    SequentialPosterior posterior(Settings settings, SummaryOptions summary);

    /** Whether steps may raise alarms. */
    boolean raisesAlarms();

    /** The subject of a whole configuration. */
    static Subject of(Settings settings) {
        if (settings.optionalText("operator").orElse("posterior").equals("denoise")) {
            return Measured.of(settings);
        }
        if (settings.has("denoise")) {
            throw settings.problem("denoise", "is for `operator: denoise`");
        }
        Settings model = settings.struct("model");
        requireOnTheClassPath(model);
        return StateSpaceModels.names(model.type()) ? new Moving(StateSpaceModels.build(model)) : new Standing(Models.build(model));
    }

    private static void requireOnTheClassPath(Settings model) {
        try {
            if (Catalogues.MODELS.find(model.type()).isEmpty()) {
                Class.forName(model.type(), false, Thread.currentThread().getContextClassLoader());
            }
        } catch (ClassNotFoundException e) {
            throw new ConfigurationException(Problem.at(model.pathOf("type"), model.type(), "is not on the class path")
                    .suggesting("name its jar or directory in DRIFTWOOD_CLASSPATH, or take one of " + String.join(", ", Catalogues.MODELS.names())));
        }
    }

    record Standing(Model model) implements Subject {

        @Override
        public List<String> fields() { return model.fields(); }

        @Override
        public ParameterSpace space() { return model.parameters(); }

        @Override
        public boolean raisesAlarms() { return false; }

        @Override
        public List<String> covariates() { return model.fields().subList(1, model.fields().size()); }

        @Override
        public SequentialPosterior posterior(Settings settings, SummaryOptions summary) {
            if (settings.has("filter")) {
                throw settings.problem("filter", "is for a state-space model, and the parameters of this one do not move");
            }
            return Posteriors.build(model, settings.struct("sampler"), settings.optionalStruct("history").map(Histories.CATALOGUE::build), summary);
        }
    }

    record Moving(StateSpaceModel model) implements Subject {

        @Override
        public List<String> fields() { return model.fields(); }

        @Override
        public ParameterSpace space() { return model.state(); }

        @Override
        public boolean raisesAlarms() { return true; }

        @Override
        public List<String> covariates() { return List.of(); }

        @Override
        public SequentialPosterior posterior(Settings settings, SummaryOptions summary) {
            if (settings.has("history")) {
                throw settings.problem("history", "is for a model whose parameters stand still; a filter forgets by the model's own motion");
            }
            Settings filter = settings.optionalStruct("filter").orElse(Settings.of("type", Filters.DEFAULT));
            return Filters.build(model, settings.struct("sampler"), filter, summary);
        }
    }

    /** @param denoise the section of that name */
    record Measured(Settings denoise, List<String> fields, ParameterSpace space) implements Subject {

        static Measured of(Settings settings) {
            Settings denoise = settings.struct("denoise");
            return new Measured(denoise, Denoisings.fields(denoise), Denoisings.space(denoise));
        }

        @Override
        public boolean raisesAlarms() { return false; }

        @Override
        public List<String> covariates() { return List.of(); }

        @Override
        public SequentialPosterior posterior(Settings settings, SummaryOptions summary) {
            for (String section : List.of("model", "filter")) {
                if (settings.has(section)) {
                    throw settings.problem(section, "is for `operator: posterior`; what is measured stands in `denoise`");
                }
            }
            return Denoisings.build(denoise, settings.struct("sampler"), settings.optionalStruct("history"), summary);
        }
    }
}
