package io.driftwood.inference.particle;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;

/**
 * Mean and covariance of columns under normalised weights: m_j = sum_i W_i x_ij, C_jk = sum_i W_i (x_ij - m_j)(x_ik - m_k). Centred first,
 * so that a large mean costs no digits. O(N d) and O(N d^2).
 */
public final class WeightedMoments {

    private WeightedMoments() {}

    /** @param columns d columns of n numbers, {@code stride} apart */
    public static void mean(double[] columns, int d, int stride, double[] weights, int n, double[] mean) {
        for (int j = 0; j < d; j++) {
            mean[j] = LaneMath.get().dot(weights, 0, columns, j * stride, n);
        }
    }

    /** @param covariance overwritten, row-major d x d, both triangles */
    public static void covariance(double[] columns, int d, int stride, double[] weights, int n, double[] mean, double[] covariance,
            Scratch scratch) {
        int mark = scratch.mark();
        int blocks = n + 7 & ~7;
        // A stride that is no power of two: columns a power of two apart would share one set of the cache.
        int packed = blocks + 8;
        int room = (d + 3 & ~3) * packed;
        double[] centred = scratch.take(room);
        double[] weighted = scratch.take(room);
        for (int j = 0; j < d; j++) {
            int to = j * packed;
            int from = j * stride;
            double centre = mean[j];
            for (int i = 0; i < n; i++) {
                centred[to + i] = columns[from + i] - centre;
            }
            for (int i = 0; i < n; i++) {
                weighted[to + i] = weights[i] * centred[to + i];
            }
            Arrays.fill(centred, to + n, to + blocks, 0.0);
            Arrays.fill(weighted, to + n, to + blocks, 0.0);
        }
        LaneMath.get().symmetricProducts(weighted, centred, d, packed, blocks, scratch.take(LaneMath.PARTIAL), covariance);
        scratch.release(mark);
    }

    /** Variances only, into the diagonal of {@code covariance}; the rest is left as it is. */
    public static void variances(double[] columns, int d, int stride, double[] weights, int n, double[] mean, double[] covariance) {
        for (int j = 0; j < d; j++) {
            covariance[j * d + j] = LaneMath.get().weightedSquares(weights, 0, columns, j * stride, mean[j], n);
        }
    }
}
