package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Resampler;
import java.util.Arrays;

/**
 * Chooses ancestors when the weights v that choose them have become uneven, or when more particles are wanted:
 * <pre>
 *   if ESS(v) &lt; tau N:  a_i with probability v_a;   v = W, or W eta looking ahead;   w_i = W_a sum(v) / (N v_a)
 * </pre>
 * so that sum w_i stays an unbiased estimate of what it was. Who descends from whom is handed on to the genealogy and the trace.
 */
final class Selection {

    /** Particles grow in number without resampling being due when this many times as many are wanted. */
    private static final double GROWTH = 1.25;

    private final Proposal proposal;
    private final Resampler resampler;
    private final double essThreshold;
    private final ParticleCount count;
    private final ParticleNumbers numbers;
    private final Genealogy genealogy;
    private final Trace trace;

    /** @param count how many particles are wanted; null for all, always */
    Selection(Proposal proposal, FilterSetup setup, ParticleCount count, ParticleNumbers numbers, Genealogy genealogy, Trace trace) {
        this.proposal = proposal;
        this.resampler = setup.resampler();
        this.essThreshold = setup.essThreshold();
        this.count = count;
        this.numbers = numbers;
        this.genealogy = genealogy;
        this.trace = trace;
    }

    void byWeight(PosteriorState state, StepInfo info, Scratch scratch) {
        int wanted = wanted(state);
        if (isDue(state, state.weights.effectiveSampleSize(), wanted)) {
            resample(state, state.weights.normalised, wanted, info, scratch);
            Weighing.uniform(state.weights, wanted);
        }
    }

    /** v = W eta, eta the proposal's estimate of p(y_t | x_{t-1}). */
    void lookingAhead(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        int n = state.weights.size;
        double[] logPromise = scratch.take(state.particles.stride);
        double[] chance = scratch.take(state.particles.stride);
        proposal.lookAhead(state.particles, y, moment, logPromise, scratch);
        double total = normalise(state.weights, logPromise, chance);
        int wanted = wanted(state);
        if (Math.abs(total) < Double.POSITIVE_INFINITY && isDue(state, 1 / LaneMath.get().dot(chance, 0, chance, 0, n), wanted)) {
            int[] ancestors = resample(state, chance, wanted, info, scratch);
            weighBack(state.weights, logPromise, ancestors, total, wanted);
        }
        scratch.release(mark);
    }

    /** @return log sum W eta; when it is finite, chance is W eta over that sum */
    private static double normalise(LogWeights weights, double[] logPromise, double[] chance) {
        LaneMath math = LaneMath.get();
        int n = weights.size;
        for (int i = 0; i < n; i++) {
            chance[i] = weights.log[i] + logPromise[i];
        }
        double total = math.logSumExp(chance, 0, n);
        if (Math.abs(total) < Double.POSITIVE_INFINITY) {
            for (int i = 0; i < n; i++) {
                chance[i] = Math.max(chance[i] - total, Double.NEGATIVE_INFINITY);
            }
            math.exp(chance, 0, chance, 0, n);
        }
        return total;
    }

    private static void weighBack(LogWeights weights, double[] logPromise, int[] ancestors, double total, int wanted) {
        double share = total - StrictMath.log(wanted);
        for (int i = 0; i < weights.size; i++) {
            weights.log[i] = i < wanted ? share - logPromise[ancestors[i]] : Double.NEGATIVE_INFINITY;
        }
        LaneMath.get().exp(weights.log, 0, weights.normalised, 0, weights.size);
    }

    private int wanted(PosteriorState state) {
        return count == null ? state.weights.size : count.wanted(state.particles, state.weights.normalised, numbers.active(state));
    }

    private boolean isDue(PosteriorState state, double ess, int wanted) {
        int active = numbers.active(state);
        return ess < essThreshold * active || wanted > GROWTH * active;
    }

    /** @return the ancestors, valid until the scratch is used again; particles beyond those wanted are copies that nothing weighs */
    private int[] resample(PosteriorState state, double[] chance, int wanted, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        int n = state.particles.size;
        info.ancestors = genealogy.bank(state, numbers.active(state), scratch);
        int[] ancestors = scratch.takeIndices(n);
        double[] spare = scratch.take(4 * n + 16);
        resampler.resample(chance, n, ancestors, wanted, state.randomness(), state.step, 0, spare);
        Arrays.fill(ancestors, wanted, n, ancestors[wanted - 1]);
        state.particles.gather(ancestors, spare);
        genealogy.gather(state, ancestors, scratch);
        trace.gather(state, ancestors, scratch);
        numbers.setActive(state, wanted);
        info.resampled = true;
        scratch.release(mark);
        return ancestors;
    }
}
