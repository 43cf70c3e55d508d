package io.driftwood.inference.filter;

import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * The transition itself: q = f, weight g. Ahead it looks by the density of the measurement at the mean of the transition.
 *
 * <p>Reference: [1] Gordon, Salmond and Smith (1993), IEE Proceedings F 140; [2] Pitt and Shephard (1999), JASA 94. Differs from them: nothing.
 */
final class BootstrapProposal implements Proposal {

    private final StateSpaceModel model;

    BootstrapProposal(StateSpaceModel model) { this.model = model; }

    @Override
    public void move(Particles x, double[] y, Moment moment, double[] logIncrement, Randomness random, long step, int iteration, Scratch scratch) {
        model.propagate(x, moment, random, step, iteration, scratch);
        Arrays.fill(logIncrement, 0, x.stride, 0.0);
        model.addLogObservation(x, y, moment, logIncrement, null, scratch);
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
