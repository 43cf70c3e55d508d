package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/**
 * Brings the population of a particle filter to a record that too few explain. It is given the population of the record before, and makes one of
 * this record; who descends from whom is told by ancestors, or is forgotten where the past no longer counts. Allocates: it is rare.
 */
final class Recoverer {

    private static final int MOVES = 6;

    private final Proposal proposal;
    private final FilterSetup setup;
    private final Recovery recovery;
    private final ResampleMoveFilter byDegrees;

    /** @param model the filter's; to temper it must move with Gaussian noise, and its particles must be its states */
    Recoverer(StateSpaceModel model, Proposal proposal, FilterSetup setup, Recovery recovery) {
        this.proposal = proposal;
        this.setup = setup;
        this.recovery = recovery;
        this.byDegrees = recovery.policy() == Recovery.Policy.TEMPER ? new ResampleMoveFilter((GaussianDynamics) model, setup, 1, MOVES) : null;
    }

    /**
     * Moves the population x_{t-1} with its weights to the law of x_t given the record before last, the newest one to the power beta = 0 to 1.
     *
     * @param ancestors out: of each particle
     * @return whether the record could be let in; when not, the state is spoilt
     */
    boolean temper(PosteriorState state, double[] y, Moment moment, int[] ancestors, StepInfo info, Scratch scratch) {
        Particles x = state.particles;
        LogWeights weights = state.weights;
        PosteriorState inner = beside(state);
        double scale = LaneMath.get().logSumExp(weights.log, 0, weights.size);
        String refusal = byDegrees.advance(inner, y, moment, false, info, scratch);
        if (refusal != null) {
            return false;
        }
        int indices = (inner.particles.dimension - 1) * x.stride;
        for (int i = 0; i < x.size; i++) {
            ancestors[i] = (int) inner.particles.values[indices + i];
        }
        System.arraycopy(inner.particles.values, 0, x.values, 0, x.length());
        System.arraycopy(inner.weights.log, 0, weights.log, 0, weights.log.length);
        weights.normalise();
        info.logEvidenceIncrement += scale;
        state.logEvidence += info.logEvidenceIncrement;
        return true;
    }

    /** A window of one transition that begins at x_{t-1}, with one more column that tells ancestors. It has random numbers of its own. */
    private PosteriorState beside(PosteriorState state) {
        Particles x = state.particles;
        int width = byDegrees.rowWidth();
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

    /**
     * Replaces a share of x_t, which has been moved to this record and not weighed yet, by draws of the initial law; a reset replaces all. Weights
     * become equal, of the scale they had.
     */
    void startAnew(PosteriorState state, Moment moment, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = state.particles;
        int n = x.size;
        double scale = LaneMath.get().logSumExp(state.weights.log, 0, n);
        Particles fresh = new Particles(n, x.dimension);
        proposal.begin(fresh, moment, state.randomness(), state.step, scratch);
        int kept = recovery.policy() == Recovery.Policy.RESET ? 0 : n - (int) Math.max(1, Math.rint(recovery.share() * n));
        if (kept > 0) {
            int[] ancestors = scratch.takeIndices(n);
            double[] spare = scratch.take(4 * n + 16);
            setup.resampler().resample(state.weights.normalised, n, ancestors, kept, state.randomness(), state.step, 1, spare);
            Arrays.fill(ancestors, kept, n, ancestors[kept - 1]);
            x.gather(ancestors, spare);
        }
        for (int j = 0; j < x.dimension; j++) {
            System.arraycopy(fresh.values, j * x.stride, x.values, j * x.stride + kept, n - kept);
        }
        x.pad();
        Weighing.uniform(state.weights, n);
        for (int i = 0; i < n; i++) {
            state.weights.log[i] += kept > 0 ? scale : 0;
        }
        scratch.release(mark);
    }
}
