package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;

/**
 * Brings a weighted population of x_{t-1} to the law of x_t by a {@link ResampleMoveFilter} of one transition, beside the filter whose population
 * it is; particles are its states. One more column goes with every particle, its number, and tells ancestors in the end. Allocates: it is rare.
 */
final class ByDegrees {

    private static final int MOVES = 6;

    private final ResampleMoveFilter filter;

    ByDegrees(GaussianDynamics model, FilterSetup setup) { this.filter = new ResampleMoveFilter(model, setup, 1, MOVES); }

    /**
     * @param ancestors out: of each particle
     * @return whether the record could be let in; when not, the state is spoilt
     */
    boolean letIn(PosteriorState state, double[] y, Moment moment, int[] ancestors, StepInfo info, Scratch scratch) {
        Particles x = state.particles;
        LogWeights weights = state.weights;
        PosteriorState inner = beside(state);
        double scale = LaneMath.get().logSumExp(weights.log, 0, weights.size);
        if (filter.advance(inner, y, moment, false, info, scratch) != null) {
            return false;
        }
        int numbers = (inner.particles.dimension - 1) * x.stride;
        for (int i = 0; i < x.size; i++) {
            ancestors[i] = (int) inner.particles.values[numbers + i];
        }
        System.arraycopy(inner.particles.values, 0, x.values, 0, x.length());
        System.arraycopy(inner.weights.log, 0, weights.log, 0, weights.log.length);
        weights.normalise();
        info.logEvidenceIncrement += scale;
        state.logEvidence += info.logEvidenceIncrement;
        return true;
    }

    /** A window of one transition that begins at x_{t-1}. It has random numbers of its own. */
    private PosteriorState beside(PosteriorState state) {
        Particles x = state.particles;
        int width = filter.rowWidth();
        PosteriorState inner = new PosteriorState();
        inner.keyBits = ~state.keyBits;
        inner.step = state.step;
        inner.assimilated = 1;
        inner.history = new Rows(width);
        inner.history.append(new double[width], 0);
        inner.particles = new Particles(x.size, 3 * x.dimension + 1);
        System.arraycopy(x.values, 0, inner.particles.values, 0, x.length());
        System.arraycopy(x.values, 0, inner.particles.values, x.length(), x.length());
        for (int i = 0; i < x.size; i++) {
            inner.particles.set(3 * x.dimension, i, i);
        }
        inner.weights = new LogWeights(x.size);
        System.arraycopy(state.weights.log, 0, inner.weights.log, 0, x.size);
        inner.weights.normalise();
        return inner;
    }
}
