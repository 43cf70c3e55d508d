package io.driftwood.inference.variational;

import java.util.Arrays;

/**
 * Inverse temperatures of K bridges from increments g_0..g_G &gt; 0, G = min(32, K): the sum of the increments up to a point on an even grid, as a share,
 * interpolated linearly,
 * <pre>   beta_k = sum_i g_i c_ki / sum_i g_i,    c_ki = k (G+1)/(K+1) - i cut to [0, 1]   </pre>
 * Equal increments give beta_k = k/(K+1).
 */
final class Bridges {

    private static final int FINEST = 32;

    private Bridges() {}

    /** K+1 increments, or 33 when there are more bridges than that. */
    static int increments(int bridges) { return Math.min(FINEST, bridges) + 1; }

    static double[] even(int bridges) {
        double[] increments = new double[increments(bridges)];
        Arrays.fill(increments, 1);
        return increments;
    }

    /** beta_1..beta_K. */
    static double[] temperatures(double[] increments, int bridges) {
        double total = Arrays.stream(increments).sum();
        double[] betas = new double[bridges];
        for (int k = 0; k < bridges; k++) {
            for (int i = 0; i < increments.length; i++) {
                betas[k] += increments[i] * covered(k, i, increments.length, bridges);
            }
            betas[k] /= total;
        }
        return betas;
    }

    /** The gradient in the increments of what has gradient {@code betaBar} in the temperatures. */
    static double[] transpose(double[] increments, double[] betaBar) {
        double total = Arrays.stream(increments).sum();
        double[] betas = temperatures(increments, betaBar.length);
        double[] gradient = new double[increments.length];
        for (int k = 0; k < betaBar.length; k++) {
            for (int i = 0; i < increments.length; i++) {
                gradient[i] += betaBar[k] * (covered(k, i, increments.length, betaBar.length) - betas[k]) / total;
            }
        }
        return gradient;
    }

    private static double covered(int k, int i, int increments, int bridges) {
        return Math.max(0, Math.min(1, (k + 1.0) * increments / (bridges + 1) - i));
    }
}
