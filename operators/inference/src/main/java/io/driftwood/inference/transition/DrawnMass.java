package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Cholesky;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.WeightedMoments;
import java.util.Arrays;

/**
 * A mass matrix from the draws of a warm-up, gathered over chains and iterations: with n draws of sample covariance S,
 * <pre>   C = n/(n + 5) S + 1e-3 * 5/(n + 5) I = L L^T   </pre>
 * Of a dense S the off-diagonal part is shrunk by n/(n + d) more.
 *
 * <p>Reference: the regularisation is that of Stan, Carpenter et al. (2017), J. Stat. Softw. 76(1).
 */
final class DrawnMass {

    private final boolean dense;
    private final int d;
    private final double[] mean;
    /** Sum of (x - mean)(x - mean)^T, row-major, lower triangle. */
    private final double[] products;
    private final Cholesky cholesky = new Cholesky();
    private double count;

    DrawnMass(int dimension, boolean dense) {
        this.dense = dense;
        this.d = dimension;
        this.mean = new double[d];
        this.products = new double[d * d];
    }

    void clear() {
        count = 0;
        Arrays.fill(mean, 0);
        Arrays.fill(products, 0);
    }

    /** Adds the positions of all chains; the update of Chan, Golub and LeVeque (1983) for a whole batch. */
    void add(Particles x, Scratch scratch) {
        int mark = scratch.mark();
        double[] ones = scratch.take(x.size);
        double[] batchMean = scratch.take(d);
        double[] batch = scratch.take(d * d);
        Arrays.fill(ones, 0, x.size, 1.0);
        LaneMath math = LaneMath.get();
        for (int j = 0; j < d; j++) {
            batchMean[j] = math.sum(x.values, j * x.stride, x.size) / x.size;
        }
        if (dense) {
            WeightedMoments.covariance(x.values, d, x.stride, ones, x.size, batchMean, batch, scratch);
        } else {
            WeightedMoments.variances(x.values, d, x.stride, ones, x.size, batchMean, batch);
        }
        double cross = count * x.size / (count + x.size);
        for (int j = 0; j < d; j++) {
            for (int k = dense ? 0 : j; k <= j; k++) {
                products[j * d + k] += batch[j * d + k] + cross * (batchMean[j] - mean[j]) * (batchMean[k] - mean[k]);
            }
        }
        count += x.size;
        for (int j = 0; j < d; j++) {
            mean[j] += (batchMean[j] - mean[j]) * x.size / count;
        }
        scratch.release(mark);
    }

    /** Writes L into {@code lower}, or leaves it where the draws tell nothing: fewer than two, or not finite. */
    void factor(double[] lower) {
        if (count < 2) {
            return;
        }
        double[] covariance = new double[d * d];
        double kept = count / (count + 5) / (count - 1);
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < j; k++) {
                covariance[j * d + k] = products[j * d + k] * kept * count / (count + d);
                covariance[k * d + j] = covariance[j * d + k];
            }
            covariance[j * d + j] = products[j * d + j] * kept + 1e-3 * 5 / (count + 5);
        }
        if (cholesky.decompose(covariance, d)) {
            cholesky.lower(lower);
        }
    }
}
