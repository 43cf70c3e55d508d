package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import java.util.Arrays;

/**
 * The variance of the log-evidence of a particle filter, from one run: with S_g the total weight of those who descend from particle g,
 * <pre>   var log p-hat ~ sum_g (S_g - 1/N)^2   </pre>
 * which sees what weights alone do not: that a population's place is noisy too. When ancestors have become few the sum no longer measures
 * anything but that; so at fewer than {@link #FEWEST} effective ancestors it is banked and everybody is an ancestor again. Banking leaves out how the
 * places at that time bear on later weights: an approximation, on the side of too small, unless a stream is short.
 *
 * <p>Ancestors are kept in a key's statistics, one number a particle.
 *
 * <p>Reference: [1] Lee and Whiteley (2018), Biometrika 105, 609-625; [2] Chan and Lai (2013), Annals of Statistics 41. Differs from them: banking.
 */
final class Genealogy {

    private static final double FEWEST = 16;

    private final int offset;
    private final int rootsAt;
    private int distinct;

    /**
     * @param offset where in the statistics the ancestors stand
     * @param rootsAt where it says how many particles there were when all were ancestors; -1 when always as many as now
     */
    Genealogy(int offset, int rootsAt) {
        this.offset = offset;
        this.rootsAt = rootsAt;
    }

    /** Everybody is an ancestor; N is how many of the particles are in use. */
    void begin(PosteriorState state, int active) {
        double[] numbers = state.statistics;
        for (int i = 0; i < state.weights.size; i++) {
            numbers[offset + i] = i;
        }
        if (rootsAt >= 0) {
            numbers[rootsAt] = active;
        }
    }

    private double roots(PosteriorState state) { return rootsAt >= 0 ? state.statistics[rootsAt] : state.weights.size; }

    /** After the population has been gathered and before its weights are used again. */
    void gather(PosteriorState state, int[] ancestors, Scratch scratch) {
        int mark = scratch.mark();
        int n = state.weights.size;
        double[] before = scratch.take(n);
        System.arraycopy(state.statistics, offset, before, 0, n);
        for (int i = 0; i < n; i++) {
            state.statistics[offset + i] = before[ancestors[i]];
        }
        scratch.release(mark);
    }

    /**
     * To be called before a population is resampled: banks the variance when too few ancestors are left.
     *
     * @return distinct ancestors, before they are forgotten
     */
    int bank(PosteriorState state, int active, Scratch scratch) {
        double variance = variance(state.weights, state.statistics, roots(state), scratch);
        int ancestors = distinct;
        if ((variance + 1 / roots(state)) * FEWEST > 1) {
            state.logEvidenceVariance += variance;
            begin(state, active);
        }
        return ancestors;
    }

    /** Of how many particles those in use with any weight descend, since all were ancestors. */
    int ancestors(PosteriorState state, Scratch scratch) {
        variance(state.weights, state.statistics, roots(state), scratch);
        return distinct;
    }

    /** Banked, and since. */
    double total(PosteriorState state, Scratch scratch) {
        return state.logEvidenceVariance + variance(state.weights, state.statistics, roots(state), scratch);
    }

    private double variance(LogWeights weights, double[] numbers, double roots, Scratch scratch) {
        int mark = scratch.mark();
        int n = weights.size;
        double[] share = scratch.take(n);
        Arrays.fill(share, 0, n, 0.0);
        for (int i = 0; i < n; i++) {
            share[(int) numbers[offset + i]] += weights.normalised[i];
        }
        double squares = 0;
        distinct = 0;
        for (int i = 0; i < (int) roots; i++) {
            distinct += share[i] > 0 ? 1 : 0;
            squares += (share[i] - 1 / roots) * (share[i] - 1 / roots);
        }
        scratch.release(mark);
        return squares;
    }
}
