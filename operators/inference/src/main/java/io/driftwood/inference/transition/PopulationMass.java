package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Cholesky;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.WeightedMoments;

/**
 * The mass matrix from the weighted population: C = sum_i W_i (x_i - m)(x_i - m)^T, its off-diagonal part shrunk by
 * n/(n + d) with n the effective sample size, because the sample covariance of n draws in d dimensions is that uncertain; and
 * C = L L^T. Falls back to the diagonal when the matrix cannot be decomposed.
 */
public final class PopulationMass {

    private final boolean dense;
    private final Cholesky cholesky = new Cholesky();

    /** @param dense whole covariance; otherwise variances only */
    public PopulationMass(boolean dense) { this.dense = dense; }

    /**
     * Writes L, row-major d x d, into {@code lower}. Cost O(N d^2) dense, O(N d) diagonal.
     *
     * @param previous L of earlier populations, whose covariance gets the share {@code memory} of the mixture
     */
    public void fit(Particles x, LogWeights weights, double[] previous, double memory, double[] lower, Scratch scratch) {
        int mark = scratch.mark();
        int d = x.dimension;
        double[] mean = scratch.take(d);
        double[] covariance = scratch.take(d * d);
        moments(x, weights, mean, covariance, scratch);
        shrink(covariance, d, weights.effectiveSampleSize());
        mix(covariance, d, previous, memory);
        if (dense && cholesky.decompose(covariance, d)) {
            cholesky.lower(lower);
        } else {
            diagonal(covariance, d, lower);
        }
        scratch.release(mark);
    }

    private void moments(Particles x, LogWeights weights, double[] mean, double[] covariance, Scratch scratch) {
        WeightedMoments.mean(x.values, x.dimension, x.stride, weights.normalised, x.size, mean);
        if (dense) {
            WeightedMoments.covariance(x.values, x.dimension, x.stride, weights.normalised, x.size, mean, covariance, scratch);
        } else {
            WeightedMoments.variances(x.values, x.dimension, x.stride, weights.normalised, x.size, mean, covariance);
        }
    }

    private static void shrink(double[] covariance, int d, double n) {
        double factor = n / (n + d);
        for (int j = 0; j < d; j++) {
            // A coordinate in which the population has collapsed to a point still needs a length to move.
            double variance = covariance[j * d + j];
            covariance[j * d + j] = variance > 1e-300 ? variance : 1e-12;
            for (int k = 0; k < j; k++) {
                covariance[j * d + k] *= factor;
                covariance[k * d + j] *= factor;
            }
        }
    }

    /** C <- (1 - memory) C + memory L L^T. */
    private static void mix(double[] covariance, int d, double[] previous, double memory) {
        for (int r = 0; r < d && memory > 0; r++) {
            for (int c = 0; c <= r; c++) {
                double old = 0;
                for (int k = 0; k <= c; k++) {
                    old += previous[r * d + k] * previous[c * d + k];
                }
                double mixed = (1 - memory) * covariance[r * d + c] + memory * old;
                covariance[r * d + c] = mixed;
                covariance[c * d + r] = mixed;
            }
        }
    }

    private static void diagonal(double[] covariance, int d, double[] lower) {
        java.util.Arrays.fill(lower, 0, d * d, 0.0);
        for (int j = 0; j < d; j++) {
            lower[j * d + j] = Math.sqrt(covariance[j * d + j]);
        }
    }
}
