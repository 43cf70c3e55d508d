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

    /** @param offset where in the statistics the ancestors stand */
    Genealogy(int offset) { this.offset = offset; }

    void begin(PosteriorState state) {
        double[] numbers = state.statistics;
        for (int i = 0; i < state.weights.size; i++) {
            numbers[offset + i] = i;
        }
    }

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

    /** To be called before a population is resampled: banks the variance when too few ancestors are left. */
    void bank(PosteriorState state, Scratch scratch) {
        double variance = variance(state.weights, state.statistics, scratch);
        if ((variance + 1.0 / state.weights.size) * FEWEST > 1) {
            state.logEvidenceVariance += variance;
            begin(state);
        }
    }

    /** Banked, and since. */
    double total(PosteriorState state, Scratch scratch) { return state.logEvidenceVariance + variance(state.weights, state.statistics, scratch); }

    private double variance(LogWeights weights, double[] numbers, Scratch scratch) {
        int mark = scratch.mark();
        int n = weights.size;
        double[] share = scratch.take(n);
        Arrays.fill(share, 0, n, 0.0);
        for (int i = 0; i < n; i++) {
            share[(int) numbers[offset + i]] += weights.normalised[i];
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += (share[i] - 1.0 / n) * (share[i] - 1.0 / n);
        }
        scratch.release(mark);
        return squares;
    }
}
