package io.driftwood.inference.denoise;

import io.driftwood.inference.numeric.Cholesky;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * p = sum_k w_k N(mu_k, S_k) with full covariances. With D = diag Lambda, which need not be invertible,
 * <pre>
 *   M_k = I + D^(1/2) S_k D^(1/2) = L L^T      u = D^(1/2) (c - mu_k)      W = L^-1 D^(1/2) S_k
 *   a_k = log w_k - sum_j log L_jj - |L^-1 u|^2 / 2
 *   m_k = mu_k + W^T L^-1 u      C_k = S_k - W^T W
 * </pre>
 * M_k has no eigenvalue below 1, so it is always factored well. Draws are those of Matheron's rule: a draw of the component corrected by
 * W^T L^-1 (D^(1/2) (c - x) - z). Cost O(K d^3); of the mean and variances
 * only O(K d^2) where all precisions are the same.
 */
final class FullPrior implements DenoisingPrior {

    private final int count;
    private final int dimension;
    private final double[] logWeights;
    private final double[][] means;
    private final double[][] covariances;
    /** Cholesky factors of the covariances. */
    private final double[][] factors;
    private final double fingerprint;
    /** The short way for precisions that are all the same. */
    private final RotatedComponents rotated;

    FullPrior(GaussianMixture mixture) {
        count = mixture.componentCount();
        dimension = mixture.dimension();
        logWeights = Modes.logs(mixture.weights());
        means = new double[count][];
        covariances = new double[count][];
        factors = new double[count][dimension * dimension];
        Cholesky cholesky = new Cholesky();
        for (int k = 0; k < count; k++) {
            means[k] = mixture.mean(k);
            covariances[k] = mixture.covariance(k);
            if (!cholesky.decompose(covariances[k], dimension)) {
                throw new IllegalArgumentException("a component's covariance must be positive definite");
            }
            cholesky.lower(factors[k]);
        }
        fingerprint = Modes.fingerprint(Stream.of(new double[][] {logWeights}, means, covariances).flatMap(Arrays::stream).toArray(double[][]::new));
        rotated = new RotatedComponents(means, covariances);
    }

    @Override
    public int dimension() { return dimension; }

    @Override
    public int modes() { return count; }

    /** Conditions component k: m_k into {@code mean}, W into {@code w} and L into {@code lower}; returns a_k. */
    private double component(int k, double[] precision, double[] centre, double[] mean, double[] w, double[] lower, Scratch scratch) {
        int mark = scratch.mark();
        int d = dimension;
        double[] root = scratch.take(d);
        double[] u = scratch.take(d);
        for (int j = 0; j < d; j++) {
            root[j] = Math.sqrt(precision[j]);
            u[j] = root[j] * (centre[j] - means[k][j]);
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                w[a * d + b] = root[a] * covariances[k][a * d + b];
                lower[a * d + b] = w[a * d + b] * root[b] + (a == b ? 1 : 0);
            }
        }
        double product = factor(lower, d);
        solve(lower, w, d, d);
        solve(lower, u, d, 1);
        double square = 0;
        System.arraycopy(means[k], 0, mean, 0, d);
        for (int a = 0; a < d; a++) {
            square = Math.fma(u[a], u[a], square);
            for (int j = 0; j < d; j++) {
                mean[j] = Math.fma(w[a * d + j], u[a], mean[j]);
            }
        }
        scratch.release(mark);
        return logWeights[k] - product - 0.5 * square;
    }

    /** The matrix becomes its Cholesky factor; returns the sum of the logarithms of the diagonal. */
    private static double factor(double[] a, int d) {
        double logs = 0;
        for (int r = 0; r < d; r++) {
            for (int c = 0; c <= r; c++) {
                double sum = a[r * d + c];
                for (int k = 0; k < c; k++) {
                    sum = Math.fma(-a[r * d + k], a[c * d + k], sum);
                }
                a[r * d + c] = r == c ? Math.sqrt(sum) : sum / a[c * d + c];
            }
            logs += StrictMath.log(a[r * d + r]);
        }
        return logs;
    }

    /** b, d x columns row-major, becomes L^-1 b. */
    private static void solve(double[] lower, double[] b, int d, int columns) {
        for (int r = 0; r < d; r++) {
            for (int k = 0; k < r; k++) {
                double factor = -lower[r * d + k];
                for (int c = 0; c < columns; c++) {
                    b[r * columns + c] = Math.fma(factor, b[k * columns + c], b[r * columns + c]);
                }
            }
            for (int c = 0; c < columns; c++) {
                b[r * columns + c] /= lower[r * d + r];
            }
        }
    }

    @Override
    public double fingerprint() { return fingerprint; }

    @Override
    public double components(double[] precision, double[] centre, double[] modes, double[] conditional, double[] within, Scratch scratch) {
        if (rotated.even(precision)) {
            for (int k = 0; k < count; k++) {
                modes[k] = logWeights[k] + rotated.condition(k, precision[0], centre, conditional, within, scratch);
            }
        } else {
            uneven(precision, centre, modes, conditional, within, scratch);
        }
        return Modes.normalise(modes, count);
    }

    /** a_k, m_k and the diagonals of C_k, for precisions that differ. */
    private void uneven(double[] precision, double[] centre, double[] modes, double[] conditional, double[] within, Scratch scratch) {
        int mark = scratch.mark();
        int d = dimension;
        double[] one = scratch.take(d);
        double[] w = scratch.take(d * d);
        double[] lower = scratch.take(d * d);
        for (int k = 0; k < count; k++) {
            modes[k] = component(k, precision, centre, one, w, lower, scratch);
            System.arraycopy(one, 0, conditional, k * d, d);
            for (int j = 0; j < d; j++) {
                within[k * d + j] = covariances[k][j * d + j];
                for (int a = 0; a < d; a++) {
                    within[k * d + j] = Math.fma(-w[a * d + j], w[a * d + j], within[k * d + j]);
                }
                within[k * d + j] = Math.max(0, within[k * d + j]);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void covariance(double[] precision, double[] centre, double[] covariance, Scratch scratch) {
        int mark = scratch.mark();
        int d = dimension;
        double[] r = scratch.take(count);
        double[] mean = scratch.take(d);
        double[] variances = scratch.take(d);
        double[] one = scratch.take(d);
        double[] w = scratch.take(d * d);
        double[] lower = scratch.take(d * d);
        condition(precision, centre, r, mean, variances, scratch);
        Arrays.fill(covariance, 0, d * d, 0);
        for (int k = 0; k < count; k++) {
            component(k, precision, centre, one, w, lower, scratch);
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    double within = Math.fma(one[a] - mean[a], one[b] - mean[b], covariances[k][a * d + b]);
                    for (int c = 0; c < d; c++) {
                        within = Math.fma(-w[c * d + a], w[c * d + b], within);
                    }
                    covariance[a * d + b] = Math.fma(r[k], within, covariance[a * d + b]);
                }
            }
        }
        scratch.release(mark);
    }

    /*
     * Normals of the purpose SIMULATE: the first d*stride make the draw of the component, the next d*stride are z.
     */
    @Override
    public void draw(double[] precision, double[] centre, Particles x, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int d = dimension;
        double[] r = scratch.take(count);
        double[] mean = scratch.take(d);
        double[] w = scratch.take(count * d * d);
        double[] lower = scratch.take(count * d * d);
        double[] one = scratch.take(d * d);
        double[] other = scratch.take(d * d);
        double[] uniforms = scratch.take(x.stride);
        double[] normals = scratch.take(2 * x.length());
        double[] draw = scratch.take(d);
        double[] u = scratch.take(d);
        for (int k = 0; k < count; k++) {
            r[k] = component(k, precision, centre, mean, one, other, scratch);
            System.arraycopy(one, 0, w, k * d * d, d * d);
            System.arraycopy(other, 0, lower, k * d * d, d * d);
        }
        Modes.normalise(r, count);
        random.uniforms(step, Purpose.ANCESTOR, iteration, uniforms, 0, x.stride);
        random.normals(step, Purpose.SIMULATE, iteration, normals, 0, 2 * x.length());
        for (int i = 0; i < x.size; i++) {
            int k = Modes.pick(r, count, uniforms[i]);
            for (int j = 0; j < d; j++) {
                draw[j] = means[k][j];
                for (int c = 0; c <= j; c++) {
                    draw[j] = Math.fma(factors[k][j * d + c], normals[c * x.stride + i], draw[j]);
                }
            }
            for (int j = 0; j < d; j++) {
                u[j] = Math.sqrt(precision[j]) * (centre[j] - draw[j]) - normals[x.length() + j * x.stride + i];
            }
            System.arraycopy(lower, k * d * d, other, 0, d * d);
            solve(other, u, d, 1);
            for (int j = 0; j < d; j++) {
                double value = draw[j];
                for (int a = 0; a < d; a++) {
                    value = Math.fma(w[k * d * d + a * d + j], u[a], value);
                }
                x.set(j, i, value);
            }
        }
        x.pad();
        scratch.release(mark);
    }
}
