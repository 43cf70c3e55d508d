package io.driftwood.inference.denoise.learn;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;

/**
 * Sufficient statistics of a mixture of normals and what maximises the expected log-likelihood given them, with S the covariance of all rows:
 * <pre>
 *   n_k = sum_i r_ik       f_k = sum_i r_ik (x_i - c)       F_k = sum_i r_ik (x_i - c)(x_i - c)^T
 *   pi_k = n_k / n         mu_k = c + f_k / n_k             Sigma_k = F_k / n_k - f_k f_k^T / n_k^2,   eigenvalues at least 1e-6 tr(S) / d
 *   tied: Sigma = sum_k pi_k Sigma_k
 * </pre>
 * The centre c is fixed, and is best near the data, so that no digits cancel.
 */
final class MixtureStatistics {

    /** Of the mean variance of the rows: a direction this flat is a component that has fallen on too few of them. */
    static final double FLOOR = 1e-6;

    /** Below this share of the rows a component is empty. */
    static final double LEAST_SHARE = 1e-12;

    final int count;
    final int dimension;
    final double[] centre;
    /** n_k at [k]. */
    final double[] weight;
    /** f_k at [k*d + j]. */
    final double[] first;
    /** F_k at [(k*d + a)*d + b]. */
    final double[] second;

    MixtureStatistics(int count, double[] centre) {
        this.count = count;
        this.dimension = centre.length;
        this.centre = centre;
        this.weight = new double[count];
        this.first = new double[count * dimension];
        this.second = new double[count * dimension * dimension];
    }

    void clear() {
        Arrays.fill(weight, 0);
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
    }

    /** All statistics times a factor. */
    void scale(double factor) {
        scale(weight, factor);
        scale(first, factor);
        scale(second, factor);
    }

    private static void scale(double[] a, double factor) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= factor;
        }
    }

    /** @param r responsibility of component k for row i at [k*stride + i] */
    void add(Particles rows, double[] r, double factor) {
        LaneMath math = LaneMath.get();
        int n = rows.size;
        for (int k = 0; k < count; k++) {
            double sum = math.sum(r, k * rows.stride, n);
            weight[k] += factor * sum;
            for (int a = 0; a < dimension; a++) {
                first[k * dimension + a] += factor * (math.dot(r, k * rows.stride, rows.values, a * rows.stride, n) - sum * centre[a]);
                for (int b = 0; b <= a; b++) {
                    double product = factor * math.weightedProducts(r, k * rows.stride, rows.values, a * rows.stride, centre[a],
                            rows.values, b * rows.stride, centre[b], n);
                    second[(k * dimension + a) * dimension + b] += product;
                    second[(k * dimension + b) * dimension + a] += a == b ? 0 : product;
                }
            }
        }
    }

    /** Whether component k has rows enough to have parameters. */
    boolean occupied(int k) { return weight[k] > LEAST_SHARE * total(); }

    private double total() { return Arrays.stream(weight).sum(); }

    double[] mean(int k) {
        double[] mean = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            mean[j] = centre[j] + first[k * dimension + j] / weight[k];
        }
        return mean;
    }

    double[] covariance(int k) { return covariance(weight[k], first, k * dimension, second, k * dimension * dimension); }

    /** Of all rows together. */
    double[] totalCovariance() {
        double[] sum = new double[dimension];
        double[] products = new double[dimension * dimension];
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < dimension; j++) {
                sum[j] += first[k * dimension + j];
            }
            for (int j = 0; j < products.length; j++) {
                products[j] += second[k * products.length + j];
            }
        }
        return covariance(total(), sum, 0, products, 0);
    }

    private double[] covariance(double n, double[] sums, int from, double[] products, int productsFrom) {
        double[] covariance = new double[dimension * dimension];
        for (int a = 0; a < dimension; a++) {
            for (int b = 0; b < dimension; b++) {
                covariance[a * dimension + b] = products[productsFrom + a * dimension + b] / n - sums[from + a] / n * (sums[from + b] / n);
            }
        }
        return covariance;
    }

    double floor() {
        double[] all = totalCovariance();
        double trace = 0;
        for (int j = 0; j < dimension; j++) {
            trace += all[j * dimension + j];
        }
        return FLOOR * trace / dimension;
    }

    /** The parameters that maximise; an empty component keeps those it has in {@code current}. */
    Maximum maximise(GaussianMixture current, Covariances covariances) {
        double total = total();
        double[] weights = new double[count];
        double[][] means = new double[count][];
        double[][] spreads = new double[count][];
        int collapsed = -1;
        for (int k = 0; k < count; k++) {
            boolean occupied = occupied(k);
            weights[k] = Math.max(weight[k] / total, LEAST_SHARE);
            means[k] = occupied ? mean(k) : current.mean(k);
            spreads[k] = occupied && covariances != Covariances.KNOWN ? covariance(k) : current.covariance(k);
            collapsed = occupied ? collapsed : k;
        }
        double floor = floor();
        if (covariances == Covariances.TIED) {
            Arrays.fill(spreads, average(weights, spreads));
            SpectrumFloor.raise(spreads[0], dimension, floor);
        }
        for (int k = 0; k < count && (covariances == Covariances.FULL || covariances == Covariances.DIAGONAL); k++) {
            if (covariances == Covariances.DIAGONAL) {
                dropCorrelations(spreads[k]);
            }
            collapsed = SpectrumFloor.raise(spreads[k], dimension, floor) ? k : collapsed;
        }
        return new Maximum(mixture(weights, means, spreads, covariances), collapsed);
    }

    private static double[] average(double[] weights, double[][] matrices) {
        double[] sum = new double[matrices[0].length];
        for (int k = 0; k < matrices.length; k++) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += weights[k] * matrices[k][j];
            }
        }
        return sum;
    }

    private void dropCorrelations(double[] covariance) {
        for (int k = 0; k < covariance.length; k++) {
            covariance[k] = k % (dimension + 1) == 0 ? covariance[k] : 0;
        }
    }

    static GaussianMixture mixture(double[] weights, double[][] means, double[][] spreads, Covariances covariances) {
        if (covariances != Covariances.DIAGONAL) {
            return GaussianMixture.full(weights, means, spreads);
        }
        int d = means[0].length;
        double[][] sds = new double[means.length][d];
        for (int k = 0; k < means.length; k++) {
            for (int j = 0; j < d; j++) {
                sds[k][j] = Math.sqrt(spreads[k][j * d + j]);
            }
        }
        return GaussianMixture.diagonal(weights, means, sds);
    }

    /** @param collapsed a component that is empty or on the floor; -1 when there is none */
    record Maximum(GaussianMixture mixture, int collapsed) {}
}
