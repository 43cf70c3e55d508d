package io.driftwood.jobs.simulate;

import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.model.Parameter;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A state-space model's own path for every key, one unit of time between records; inputs are 1. */
final class MovingSimulation implements Simulation {

    private final StateSpaceModel model;
    private final Randomness[] random;
    private final Particles[] truth;
    private final long[] steps;
    private final Moment moment = Moment.after(1);
    private final Scratch scratch = new Scratch();

    MovingSimulation(StateSpaceModel model, long seed, int keys) {
        this.model = model;
        random = new Randomness[keys];
        truth = new Particles[keys];
        steps = new long[keys];
        moment.inputs = new double[model.inputs().size()];
        Arrays.fill(moment.inputs, 1.0);
        for (int k = 0; k < keys; k++) {
            random[k] = Randomness.of(seed, Simulation.key(k));
            truth[k] = new Particles(1, model.dimension());
            model.drawInitial(truth[k], moment, random[k], 1, 0, scratch);
        }
    }

    @Override
    public double[] next(int key) {
        Particles x = truth[key];
        long step = ++steps[key];
        if (step > 1) {
            model.propagate(x, moment, random[key], step, 0, scratch);
        }
        int channels = model.channels().size();
        double[] drawn = new double[channels * x.stride];
        model.drawObservation(x, moment, drawn, random[key], step, 0, scratch);
        double[] values = new double[channels + moment.inputs.length];
        for (int c = 0; c < channels; c++) {
            values[c] = drawn[c * x.stride];
        }
        System.arraycopy(moment.inputs, 0, values, channels, moment.inputs.length);
        return values;
    }

    @Override
    public Map<String, Double> truth(int key) {
        List<Parameter> names = model.state().parameters();
        double[] constrained = new double[names.size() * truth[key].stride];
        model.state().constrain(truth[key], constrained, scratch);
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int k = 0; k < names.size(); k++) {
            byName.put(names.get(k).name(), constrained[k * truth[key].stride]);
        }
        return byName;
    }
}
