package io.driftwood.inference.filter;

import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/** A proposal whose particles are states of the model. Ahead it looks by the density of the measurement at the mean of the transition. */
abstract class ModelProposal implements Proposal {

    final StateSpaceModel model;

    ModelProposal(StateSpaceModel model) { this.model = model; }

    @Override
    public int columns() { return model.dimension(); }

    @Override
    public void begin(Particles x, Moment first, Randomness random, long step, Scratch scratch) {
        model.drawInitial(x, first, random, step, 0, scratch);
    }

    @Override
    public void beginGiven(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        model.drawInitialGiven(x, first, random, step, iteration, scratch);
    }

    @Override
    public void weighFirst(Particles x, double[] y, Moment first, double[] logIncrement, Scratch scratch) {
        Arrays.fill(logIncrement, 0, x.stride, 0.0);
        model.addLogObservation(x, y, first, logIncrement, null, scratch);
    }

    @Override
    public void coast(Particles x, Moment moment, Randomness random, long step, int iteration, Scratch scratch) {
        model.propagate(x, moment, random, step, iteration, scratch);
    }

    @Override
    public void lookAhead(Particles x, double[] y, Moment moment, double[] logPromise, Scratch scratch) {
        int mark = scratch.mark();
        double[] mean = scratch.take(x.length());
        ((GaussianDynamics) model).transitionMean(x, moment, mean, scratch);
        Arrays.fill(logPromise, 0, x.stride, 0.0);
        model.addLogObservation(new Particles(x.size, x.dimension, mean), y, moment, logPromise, null, scratch);
        scratch.release(mark);
    }
}
