package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;

/** A lower bound on a log-normaliser: a mean of log-weights of independent paths, and its standard error. -inf when one of them is not finite. */
public record Bound(double mean, double standardError) {

    /** @param logWeights the first {@code size} count */
    static Bound of(double[] logWeights, int size) {
        double mean = LaneMath.get().sum(logWeights, 0, size) / size;
        if (!Double.isFinite(mean)) {
            return new Bound(Double.NEGATIVE_INFINITY, Double.NaN);
        }
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += (logWeights[i] - mean) * (logWeights[i] - mean);
        }
        return new Bound(mean, Math.sqrt(squares / (size - 1) / size));
    }
}
