package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/**
 * Moves and weighs the population of a particle filter; when too few explain the record, that is undone and the policy of {@link Recovery} applied;
 * when that does not help either, it is done again as it was. Who descends from whom is kept where the past still counts, and forgotten elsewhere.
 */
final class Recoverer {

    private final Proposal proposal;
    private final FilterSetup setup;
    private final Recovery recovery;
    private final ParticleNumbers numbers;
    private final Propagation propagation;
    private final Genealogy genealogy;
    private final Trace trace;
    private final ByDegrees byDegrees;

    /** @param model the filter's; to temper it must move with Gaussian noise, and its particles must be its states */
    Recoverer(StateSpaceModel model, Proposal proposal, FilterSetup setup, Recovery recovery, ParticleNumbers numbers, Propagation propagation,
            Genealogy genealogy, Trace trace) {
        this.proposal = proposal;
        this.setup = setup;
        this.recovery = recovery;
        this.numbers = numbers;
        this.propagation = propagation;
        this.genealogy = genealogy;
        this.trace = trace;
        this.byDegrees = recovery.policy() == Recovery.Policy.TEMPER ? new ByDegrees((GaussianDynamics) model, setup) : null;
    }

    /** @return whether the record is explained, if need be by a recovery, which is counted */
    boolean moveAndWeigh(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        double[] particles = scratch.take(state.particles.length());
        double[] weights = scratch.take(2 * state.weights.log.length);
        double evidence = state.logEvidence;
        boolean resampled = info.resampled;
        copy(state, particles, weights);
        boolean explained = propagation.moveAndWeigh(state, y, moment, info, scratch);
        if (!explained || state.weights.effectiveSampleSize() < recovery.least()) {
            restore(state, particles, weights, evidence, info);
            if (recover(state, y, moment, info, scratch)) {
                numbers.countRecovery(state);
                numbers.setActive(state, setup.particles());
                explained = true;
            } else {
                restore(state, particles, weights, evidence, info);
                info.resampled = resampled;
                explained = propagation.moveAndWeigh(state, y, moment, info, scratch);
            }
        }
        scratch.release(mark);
        return explained;
    }

    private static void copy(PosteriorState state, double[] particles, double[] weights) {
        int stride = state.weights.log.length;
        System.arraycopy(state.particles.values, 0, particles, 0, state.particles.length());
        System.arraycopy(state.weights.log, 0, weights, 0, stride);
        System.arraycopy(state.weights.normalised, 0, weights, stride, stride);
    }

    private static void restore(PosteriorState state, double[] particles, double[] weights, double evidence, StepInfo info) {
        int stride = state.weights.log.length;
        System.arraycopy(particles, 0, state.particles.values, 0, state.particles.length());
        System.arraycopy(weights, 0, state.weights.log, 0, stride);
        System.arraycopy(weights, stride, state.weights.normalised, 0, stride);
        state.logEvidence = evidence;
        info.logEvidenceIncrement = 0;
        info.temperingSteps = 0;
        info.moves.clear();
    }

    private boolean recover(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        return recovery.policy() == Recovery.Policy.TEMPER
                ? temper(state, y, moment, info, scratch) : startAnew(state, y, moment, info, scratch);
    }

    private boolean temper(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        int[] ancestors = scratch.takeIndices(state.particles.size);
        boolean done = byDegrees.letIn(state, y, moment, ancestors, info, scratch);
        if (done) {
            genealogy.gather(state, ancestors, scratch);
            trace.gather(state, ancestors, scratch);
        }
        scratch.release(mark);
        return done;
    }

    private boolean startAnew(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        double banked = genealogy.total(state, scratch);
        propagation.coast(state, moment, scratch);
        replace(state, moment, scratch);
        boolean done = propagation.weigh(state, y, moment, info, scratch);
        if (done) {
            state.logEvidenceVariance = banked;
            genealogy.begin(state, setup.particles());
            trace.forget(state);
        }
        return done;
    }

    /**
     * Replaces a share of x_t, which has been moved to this record and not weighed yet, by draws of the initial law; a reset replaces all. Weights
     * become equal, of the scale they had.
     */
    private void replace(PosteriorState state, Moment moment, Scratch scratch) {
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
