package io.driftwood.jobs.simulate;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Parameter;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream from a model with known truth: for every key one draw of the parameters from the prior, and then responses at covariates
 * that the model finds plausible. A pure function of (model, seed); record n of key k does not depend on how many there are.
 */
final class StandingSimulation implements Simulation {

    private final Model model;
    private final Randomness[] random;
    private final Particles[] truth;
    private final long[] steps;

    /** Throws {@link UnsupportedOperationException} when the prior is improper: nothing can be drawn from it. */
    StandingSimulation(Model model, long seed, int keys) {
        this.model = model;
        random = new Randomness[keys];
        truth = new Particles[keys];
        steps = new long[keys];
        Scratch scratch = new Scratch();
        for (int k = 0; k < keys; k++) {
            random[k] = Randomness.of(seed, Simulation.key(k));
            truth[k] = new Particles(1, model.parameters().dimension());
            model.samplePrior(truth[k], random[k], 0, scratch);
        }
    }

    @Override
    public double[] next(int key) {
        double[] values = new double[model.fields().size()];
        Arrays.fill(values, Double.NaN);
        long step = ++steps[key];
        model.simulateCovariates(values, random[key], step);
        model.simulate(truth[key], 0, values, random[key], step, 0);
        return values;
    }

    @Override
    public Map<String, Double> truth(int key) {
        List<Parameter> names = model.parameters().parameters();
        double[] unconstrained = new double[model.parameters().dimension()];
        for (int j = 0; j < unconstrained.length; j++) {
            unconstrained[j] = truth[key].get(j, 0);
        }
        double[] constrained = new double[names.size()];
        model.parameters().constrain(unconstrained, constrained);
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int k = 0; k < constrained.length; k++) {
            byName.put(names.get(k).name(), constrained[k]);
        }
        return byName;
    }
}
