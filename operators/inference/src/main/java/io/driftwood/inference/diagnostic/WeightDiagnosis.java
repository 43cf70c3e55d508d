package io.driftwood.inference.diagnostic;

import io.driftwood.inference.numeric.LaneMath;
import java.util.Arrays;

/**
 * How far importance weights can be trusted. A generalised Pareto distribution is fitted to the M = min(S/5, 3 sqrt S) largest weights; its
 * shape k says which moments the weights have: below 0.5 a variance, below min(1 - 1/log10 S, 0.7) estimates are reliable, above 1 not even the mean of
 * the weights exists.
 *
 * <p>The smoothed weights have their largest replaced by quantiles of the fit, none above the largest as it was. They are for reporting: they have less
 * variance and a bias, and evidence from them is not unbiased.
 *
 * <p>Reference: [1] Vehtari, Simpson, Gelman, Yao and Gabry (2024), Pareto smoothed importance sampling, Journal of Machine Learning Research 25(72).
 *
 * @param effectiveSize 1 / sum W^2 of the weights as they are
 * @param paretoK NaN where there is none; see the flag
 * @param smoothed log-weights, normalised to sum 1; as they were where there is no k
 * @param flag CONSTANT when the largest weights are all equal, TOO_SHORT below 21 weights, NOT_FINITE when a log-weight is NaN or +inf or all are -inf
 */
public record WeightDiagnosis(double effectiveSize, double paretoK, double[] smoothed, Flag flag) {

    private static final int SHORTEST_TAIL = 5;

    /** @param logWeights up to a common constant; the first {@code size} count; -inf is a weight of 0 */
    public static WeightDiagnosis of(double[] logWeights, int size) {
        double[] log = Arrays.copyOf(logWeights, size);
        double largest = LaneMath.get().max(log, 0, size);
        if (!Double.isFinite(largest) || Arrays.stream(log).anyMatch(w -> w != w)) {
            return new WeightDiagnosis(Double.NaN, Double.NaN, log, Flag.NOT_FINITE);
        }
        normalise(log);
        int tail = (int) Math.ceil(Math.min(0.2 * size, 3 * Math.sqrt(size)));
        if (tail < SHORTEST_TAIL) {
            return new WeightDiagnosis(effectiveSize(log), Double.NaN, log, Flag.TOO_SHORT);
        }
        return smooth(log, tail);
    }

    private static WeightDiagnosis smooth(double[] log, int tail) {
        double effectiveSize = effectiveSize(log);
        double[] sorted = Moments.sorted(log);
        int size = log.length;
        double top = sorted[size - 1];
        double cutoff = StrictMath.exp(sorted[size - tail - 1] - top);
        double[] exceedances = new double[tail];
        for (int k = 0; k < tail; k++) {
            exceedances[k] = StrictMath.exp(sorted[size - tail + k] - top) - cutoff;
        }
        // Weights equal to the cutoff exceed it by nothing.
        int zeros = 0;
        while (zeros < tail && !(exceedances[zeros] > 0)) {
            zeros++;
        }
        double[] positive = Arrays.copyOfRange(exceedances, zeros, tail);
        if (!GeneralisedPareto.canFit(positive)) {
            return new WeightDiagnosis(effectiveSize, Double.NaN, log, Flag.CONSTANT);
        }
        GeneralisedPareto fit = GeneralisedPareto.fit(positive);
        double[] smoothed = replaceLargest(log, positive.length, fit, cutoff, top);
        return new WeightDiagnosis(effectiveSize, fit.shape(), smoothed, Flag.OK);
    }

    /** The r-th of the M largest becomes the cutoff plus the fit's quantile at (r - 1/2) / M. */
    private static double[] replaceLargest(double[] log, int tail, GeneralisedPareto fit, double cutoff, double top) {
        double[] smoothed = log.clone();
        Integer[] order = new Integer[log.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(log[a], log[b]));
        for (int r = 0; r < tail; r++) {
            double weight = cutoff + fit.quantile((r + 0.5) / tail);
            smoothed[order[log.length - tail + r]] = top + Math.min(0, StrictMath.log(weight));
        }
        normalise(smoothed);
        return smoothed;
    }

    private static void normalise(double[] log) {
        double total = LaneMath.get().logSumExp(log, 0, log.length);
        for (int i = 0; i < log.length; i++) {
            log[i] -= total;
        }
    }

    private static double effectiveSize(double[] log) {
        double squares = 0;
        for (double w : log) {
            squares += StrictMath.exp(2 * w);
        }
        return 1 / squares;
    }
}
