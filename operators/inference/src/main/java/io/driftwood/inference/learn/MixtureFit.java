package io.driftwood.inference.learn;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.learn.Covariances;
import io.driftwood.inference.denoise.learn.ExpectationMaximisation;
import io.driftwood.inference.denoise.learn.LearnedMixture;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A mixture of normals by {@link ExpectationMaximisation}. */
final class MixtureFit implements Training {

    static final Option[] OPTIONS = {
        Option.required("components", Shape.integer(1, 100_000), "how many normals"),
        Option.withDefault("covariances", Shape.choice("full", "diagonal", "tied"), "full", "one for each component, the same without correlations, or one common to all"),
        Option.withDefault("iterations", Shape.count(), 1000L, "iterations at most"),
    };

    private final int components;
    private final Covariances covariances;
    private final int iterations;

    MixtureFit(Settings s) {
        this.components = s.count("components");
        this.covariances = Covariances.valueOf(s.text("covariances").toUpperCase(Locale.ROOT));
        this.iterations = s.count("iterations");
    }

    @Override
    public String refusal(Particles rows) { return rows.size <= components ? "have " + rows.size + " rows for " + components + " components" : ""; }

    @Override
    public Learned learn(Particles rows, List<String> fields, String name, long seed, Consumer<String> told) {
        ExpectationMaximisation standard = ExpectationMaximisation.of(covariances);
        ExpectationMaximisation.Fit fit = new ExpectationMaximisation(covariances, iterations, 1e-9, standard.restarts()).fit(rows, components, Randomness.of(seed, name));
        told.accept(String.format(Locale.ROOT, "log-likelihood %.4f a row after %d iterations, %s", fit.logLikelihood() / rows.size, fit.logLikelihoods().length - 1,
                fit.converged() ? "converged" : "not converged"));
        return LearnedMixture.of(name, 1, Learnt.ALWAYS, fit.mixture(), covariances == Covariances.DIAGONAL,
                Map.of("method", "expectation-maximisation", "rows", String.valueOf(rows.size), "fields", String.join(" ", fields)));
    }
}
