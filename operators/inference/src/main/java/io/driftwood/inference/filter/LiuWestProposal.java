package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.SemidefiniteFactor;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.WeightedMoments;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/**
 * A bootstrap filter whose static columns are jittered before each record, by a kernel that keeps the cloud's mean and covariance:
 * <pre>   theta_i' ~ N(a theta_i + (1-a) mean, (1-a^2) V),   a = (3 delta - 1)/(2 delta)   </pre>
 * Approximate: constants are made to move, and posterior and evidence are biased by as much as the cloud is not Gaussian.
 *
 * <p>Reference: [1] Liu and West (2001), in Sequential Monte Carlo Methods in Practice, 197-223. Differs from [1]: no look ahead.
 */
final class LiuWestProposal extends ModelProposal {

    private final double shrinkage;

    /** @param delta discount in (1/3, 1), 0.95 to 0.99 by custom */
    LiuWestProposal(StateSpaceModel model, double delta) {
        super(model);
        this.shrinkage = (3 * delta - 1) / (2 * delta);
    }

    @Override
    public String bias() { return "Liu-West jitters constants: posterior and evidence are approximate"; }

    @Override
    public void stir(PosteriorState state, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        int p = model.statics();
        Particles x = state.particles;
        double[] weights = state.weights.normalised;
        double[] mean = scratch.take(p);
        double[] covariance = scratch.take(p * p);
        double[] lower = scratch.take(p * p);
        double[] noise = scratch.take(p * x.stride);
        double[] jitter = scratch.take(p * x.stride);
        WeightedMoments.mean(x.values, p, x.stride, weights, x.size, mean);
        WeightedMoments.covariance(x.values, p, x.stride, weights, x.size, mean, covariance, scratch);
        SemidefiniteFactor.lower(covariance, p, lower);
        state.randomness().normals(state.step, Purpose.MOMENTUM, 0, noise, 0, p * x.stride);
        math.lowerTimesColumns(lower, p, noise, jitter, x.stride, x.stride);
        double wide = Math.sqrt(1 - shrinkage * shrinkage);
        for (int j = 0; j < p; j++) {
            for (int i = j * x.stride; i < (j + 1) * x.stride; i++) {
                x.values[i] = shrinkage * x.values[i] + (1 - shrinkage) * mean[j] + wide * jitter[i];
            }
        }
        x.pad();
        scratch.release(mark);
    }

    @Override
    public void move(Particles x, double[] y, Moment moment, double[] logIncrement, Randomness random, long step, int iteration, Scratch scratch) {
        model.propagate(x, moment, random, step, iteration, scratch);
        weighFirst(x, y, moment, logIncrement, scratch);
    }
}
