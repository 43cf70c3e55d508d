package io.driftwood.inference.particle;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/**
 * The order statistics of n independent uniforms without sorting: with exponential spacings e_0..e_n and partial sums
 * s_k = e_0 + ... + e_k, the numbers s_0/s_n &lt; ... &lt; s_{n-1}/s_n are distributed as n sorted uniforms (Devroye 1986, V.3.1).
 */
final class SortedUniforms {

    private SortedUniforms() {}

    /** Fills points[offset .. offset+n) with n ascending points of (0, total); uses one number beyond. */
    static void fill(double total, int n, Randomness random, long step, int iteration, double[] points, int offset) {
        random.uniforms(step, Purpose.RESAMPLE, iteration, points, offset, n + 1);
        LaneMath.get().log(points, offset, points, offset, n + 1);
        double sum = 0;
        double lost = 0;
        for (int k = 0; k <= n; k++) {
            double spacing = -points[offset + k];
            double next = sum + spacing;
            lost += sum >= spacing ? (sum - next) + spacing : (spacing - next) + sum;
            sum = next;
            points[offset + k] = sum + lost;
        }
        double scale = total / points[offset + n];
        for (int k = 0; k < n; k++) {
            points[offset + k] *= scale;
        }
    }
}
