package io.driftwood.inference.summary;

import java.util.Arrays;

/**
 * Quantiles of weighted draws: with the draws sorted and c_k = W_1 + ... + W_{k-1} + W_k/2, the value at level p is linear
 * between the draws whose c bracket p, and the smallest or largest draw outside (Hazen's definition, weighted). Consistent.
 *
 * <p>O(N log N): sorts 64-bit words that hold the leading bits of a draw and its index, so draws that agree in those bits
 * (relative 1e-9 for 2^16 particles) may come in either order, which changes nothing one could see. Owns a buffer.
 */
final class WeightedQuantiles {

    private long[] order = new long[0];

    /** out[q] = quantile at levels[q], levels ascending; NaN when a draw with positive weight is NaN. */
    void at(double[] draws, int offset, double[] weights, int n, double[] levels, double[] out) {
        if (order.length < n) {
            order = new long[n];
        }
        int indexBits = 64 - Long.numberOfLeadingZeros(n);
        long indexMask = (1L << indexBits) - 1;
        int kept = 0;
        for (int i = 0; i < n; i++) {
            if (weights[i] > 0) {
                order[kept++] = sortable(draws[offset + i]) & ~indexMask | i;
            }
        }
        Arrays.sort(order, 0, kept);
        int k = 0;
        double below = 0;
        double previousCentre = Double.NaN;
        double previousDraw = Double.NaN;
        for (int q = 0; q < levels.length; q++) {
            while (k < kept && below + weights[(int) (order[k] & indexMask)] / 2 < levels[q]) {
                int i = (int) (order[k++] & indexMask);
                previousCentre = below + weights[i] / 2;
                previousDraw = draws[offset + i];
                below += weights[i];
            }
            out[q] = k == kept ? previousDraw
                    : between(previousCentre, previousDraw, below, weights, draws, offset, (int) (order[k] & indexMask), levels[q]);
        }
    }

    private static double between(double leftCentre, double left, double below, double[] weights, double[] draws, int offset, int i, double level) {
        double right = draws[offset + i];
        if (leftCentre != leftCentre || left == right) {
            return right;
        }
        double rightCentre = below + weights[i] / 2;
        return left + (right - left) * (level - leftCentre) / (rightCentre - leftCentre);
    }

    /** Bits that order as the numbers do. */
    private static long sortable(double x) {
        long bits = Double.doubleToLongBits(x);
        return bits ^ (bits >> 63) & Long.MAX_VALUE;
    }
}
