package io.driftwood.inference.filter;

import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;

/**
 * The transition itself: q = f, weight g.
 *
 * <p>Reference: [1] Gordon, Salmond and Smith (1993), IEE Proceedings F 140, 107-113. Differs from [1]: nothing.
 */
final class BootstrapProposal extends ModelProposal {

    BootstrapProposal(StateSpaceModel model) { super(model); }

    @Override
    public void move(Particles x, double[] y, Moment moment, double[] logIncrement, Randomness random, long step, int iteration, Scratch scratch) {
        model.propagate(x, moment, random, step, iteration, scratch);
        weighFirst(x, y, moment, logIncrement, scratch);
    }
}
