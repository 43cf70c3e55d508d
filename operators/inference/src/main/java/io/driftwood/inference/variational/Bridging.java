package io.driftwood.inference.variational;

import java.util.Arrays;

/**
 * Inverse temperatures of K bridges from increments g_0..g_n &gt; 0: the sum of the increments up to a point on an even grid, as a share, interpolated
 * linearly,
 * <pre>
 *   beta_k = sum_i g_i c_ki / sum_i g_i,    c_ki = k (n+1)/(K+1) - i   (INSIDE),   k (n+1)/K - i   (REACHING),   cut to [0, 1]
 * </pre>
 * Equal increments give beta_k = k/(K+1) or k/K.
 */
enum Bridging {
    /** K + 1 increments, the last bridge short of the target. */
    INSIDE,
    /** K increments, the last bridge is the target. */
    REACHING,
    /** No increments: every bridge is the target. */
    NONE;

    private static final int FINEST = 32;

    /** How many increments K bridges have: never more than 33. */
    int increments(int bridges) {
        return switch (this) {
            case INSIDE -> Math.min(FINEST, bridges) + 1;
            case REACHING -> Math.min(FINEST, bridges);
            case NONE -> 0;
        };
    }

    double[] even(int bridges) {
        double[] increments = new double[increments(bridges)];
        Arrays.fill(increments, 1);
        return increments;
    }

    /** beta_1..beta_K. */
    double[] temperatures(double[] increments, int bridges) {
        double[] betas = new double[bridges];
        if (this == NONE) {
            Arrays.fill(betas, 1);
            return betas;
        }
        double total = Arrays.stream(increments).sum();
        for (int k = 0; k < bridges; k++) {
            for (int i = 0; i < increments.length; i++) {
                betas[k] += increments[i] * covered(k, i, increments.length, bridges);
            }
            betas[k] /= total;
        }
        return betas;
    }

    /** The gradient in the increments of what has gradient {@code betaBar} in the temperatures. */
    double[] transpose(double[] increments, double[] betaBar) {
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

    private double covered(int k, int i, int increments, int bridges) {
        double at = (k + 1.0) * increments / (this == INSIDE ? bridges + 1 : bridges);
        return Math.max(0, Math.min(1, at - i));
    }
}
