package io.driftwood.jobs.topology;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.sample.Draws;
import io.driftwood.inference.sample.ReferencedProblem;
import io.driftwood.inference.sample.Sampler;
import io.driftwood.inference.sample.Samplers;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Problem;
import io.driftwood.jobs.configuration.SampleTargets;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The target and the sampler that a configuration asks for, as settings: small, serializable, and built where the job runs. The same recipe
 * serves Flink and a plain {@code main}.
 *
 * @param settings of the whole configuration, checked
 */
public record SampleRecipe(Settings settings) implements Serializable {

    Sampler sampler() {
        return Samplers.CATALOGUE.build(settings.struct("sampler"));
    }

    /** From the reference that the configuration gives, or else its own. */
    public Problem problem() {
        Problem problem = SampleTargets.CATALOGUE.build(settings.struct("target"));
        return settings.optionalStruct("reference").<Problem>map(given -> referenced(problem, given)).orElse(problem);
    }

    private static Problem referenced(Problem problem, Settings given) {
        int d = problem.target().dimension();
        GaussianTarget normal = GaussianTarget.independent(numbers(given, "mean", d), numbers(given, "sd", d));
        try {
            return new ReferencedProblem(problem, normal);
        } catch (IllegalArgumentException e) {
            throw given.problem("mean", "cannot be used: " + e.getMessage());
        }
    }

    private static double[] numbers(Settings given, String key, int d) {
        if (given.get(key) instanceof Number one) {
            double[] all = new double[d];
            Arrays.fill(all, one.doubleValue());
            return all;
        }
        double[] each = given.numbers(key);
        if (each.length != d) {
            throw given.problem(key, "needs one number, or " + d + ", one for each coordinate of the target, and has " + each.length);
        }
        return each;
    }

    /** One run; a function of the settings and the chain's number alone. */
    public Draws run(int chain) {
        return sampler().draw(problem(), settings.count("particles"), settings.count("draws"),
                Randomness.of(settings.integer("seed"), "chain-" + chain));
    }
}
