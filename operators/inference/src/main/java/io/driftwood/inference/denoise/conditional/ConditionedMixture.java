package io.driftwood.inference.denoise.conditional;

import io.driftwood.inference.numeric.Cholesky;
import io.driftwood.inference.target.GaussianMixture;

/**
 * The law of x ~ sum_k w_k N(mu_k, S_k) given a linear observation o = A x + e, e ~ N(0, R): again a mixture of normals, so that every sampler here draws from it, exactly where it is exact.
 * <pre>
 *   T_k = A S_k A^T + R      G_k = S_k A^T T_k^-1
 *   mu_k + G_k (o - A mu_k)      (I - G_k A) S_k (I - G_k A)^T + G_k R G_k^T      weight w_k N(o | A mu_k, T_k)
 * </pre>
 * Joseph's form, which stays positive definite.
 */
public final class ConditionedMixture {

    private ConditionedMixture() {}

    /**
     * @param map A, row i at [i]
     * @param noise R, row-major; positive definite
     */
    public static GaussianMixture of(GaussianMixture prior, double[][] map, double[] observation, double[] noise) {
        int count = prior.componentCount();
        double[] logWeights = new double[count];
        double[][] means = new double[count][];
        double[][] covariances = new double[count][];
        for (int k = 0; k < count; k++) {
            means[k] = prior.mean(k);
            covariances[k] = prior.covariance(k);
            logWeights[k] = StrictMath.log(prior.weights()[k]) + condition(means[k], covariances[k], map, observation, noise);
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (double log : logWeights) {
            largest = Math.max(largest, log);
        }
        double[] weights = new double[count];
        for (int k = 0; k < count; k++) {
            // a component that the observation rules out keeps a weight that is as good as none
            weights[k] = Math.max(StrictMath.exp(logWeights[k] - largest), Double.MIN_NORMAL);
        }
        return GaussianMixture.full(weights, means, covariances);
    }

    /** Mean and covariance become those given the observation; returns its log-density. */
    private static double condition(double[] mean, double[] covariance, double[][] map, double[] observation, double[] noise) {
        int d = mean.length;
        int n = observation.length;
        double[][] crossed = new double[n][d];
        double[] total = noise.clone();
        double[] error = observation.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                error[i] -= map[i][j] * mean[j];
                for (int l = 0; l < d; l++) {
                    crossed[i][j] += map[i][l] * covariance[l * d + j];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int l = 0; l < n; l++) {
                for (int j = 0; j < d; j++) {
                    total[i * n + l] += crossed[i][j] * map[l][j];
                }
            }
        }
        Cholesky cholesky = new Cholesky();
        if (!cholesky.decompose(total, n)) {
            throw new IllegalArgumentException("the covariance of the observation is not positive definite");
        }
        double[][] gain = new double[d][n];
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < n; i++) {
                gain[j][i] = crossed[i][j];
            }
            cholesky.solve(gain[j]);
            for (int i = 0; i < n; i++) {
                mean[j] += gain[j][i] * error[i];
            }
        }
        joseph(covariance, gain, map, noise);
        double[] white = error.clone();
        cholesky.solveLower(white);
        double square = 0;
        for (double w : white) {
            square += w * w;
        }
        return -0.5 * (square + cholesky.logDeterminant() + n * StrictMath.log(2 * Math.PI));
    }

    private static void joseph(double[] covariance, double[][] gain, double[][] map, double[] noise) {
        int d = gain.length;
        int n = map.length;
        double[] left = new double[d * d];
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                left[a * d + b] = a == b ? 1 : 0;
                for (int i = 0; i < n; i++) {
                    left[a * d + b] -= gain[a][i] * map[i][b];
                }
            }
        }
        double[] own = new double[d * d];
        add(left, covariance, d, d, own);
        double[] gains = new double[d * n];
        for (int a = 0; a < d; a++) {
            System.arraycopy(gain[a], 0, gains, a * n, n);
        }
        add(gains, noise, d, n, own);
        System.arraycopy(own, 0, covariance, 0, d * d);
    }

    /** out += B C B^T for B d x n and C n x n. */
    private static void add(double[] b, double[] c, int d, int n, double[] out) {
        double[] product = new double[d * n];
        for (int r = 0; r < d; r++) {
            for (int l = 0; l < n; l++) {
                for (int k = 0; k < n; k++) {
                    product[r * n + l] += b[r * n + k] * c[k * n + l];
                }
            }
        }
        for (int r = 0; r < d; r++) {
            for (int s = 0; s < d; s++) {
                for (int l = 0; l < n; l++) {
                    out[r * d + s] += product[r * n + l] * b[s * n + l];
                }
            }
        }
    }
}
