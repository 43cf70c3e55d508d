package io.driftwood.inference.denoise;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Normal components in the axes of their covariances, S_k = Q_k diag(lambda_k) Q_k^T, for measurements of the same precision L in every direction:
 * <pre>
 *   u = Q_k^T (c - mu_k)      t_j = 1 + lambda_kj L
 *   log of the integral of N(mu_k, S_k) f = -(1/2) sum_j [log t_j + L u_j^2 / t_j]
 *   m_k = mu_k + Q_k (lambda_k L u / t)      diagonal of C_k = (Q_k squared) (lambda_k / t)
 * </pre>
 * Cost O(K d^2).
 */
final class RotatedComponents {

    private final int dimension;
    private final double[][] means;
    private final double[][] eigenvalues;
    /** Eigenvector a of component k in row a. */
    private final double[][] axes;
    /** The transpose: coordinate j of all eigenvectors in row j. */
    private final double[][] coordinates;
    private final double[][] squares;

    RotatedComponents(double[][] means, double[][] covariances) {
        int d = means[0].length;
        this.dimension = d;
        this.means = means;
        this.eigenvalues = new double[means.length][d];
        this.axes = new double[means.length][d * d];
        this.coordinates = new double[means.length][d * d];
        this.squares = new double[means.length][d * d];
        for (int k = 0; k < means.length; k++) {
            EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
            DMatrixRMaj matrix = new DMatrixRMaj(d, d);
            for (int at = 0; at < d * d; at++) {
                // the mean of both triangles, which rounding may have made to differ
                matrix.data[at] = 0.5 * (covariances[k][at] + covariances[k][at % d * d + at / d]);
            }
            if (!eigen.decompose(matrix)) {
                throw new IllegalArgumentException("a component's covariance has no eigenvalues to be found");
            }
            for (int a = 0; a < d; a++) {
                eigenvalues[k][a] = eigen.getEigenvalue(a).getReal();
                for (int j = 0; j < d; j++) {
                    double entry = eigen.getEigenVector(a).get(j);
                    axes[k][a * d + j] = entry;
                    coordinates[k][j * d + a] = entry;
                    squares[k][a * d + j] = entry * entry;
                }
            }
        }
    }

    /** Whether the precisions are all the same. */
    boolean even(double[] precision) {
        for (int j = 1; j < dimension; j++) {
            if (precision[j] != precision[0]) {
                return false;
            }
        }
        return true;
    }

    /** m_k at {@code mean[k*d..]} and the diagonal of C_k at {@code within[k*d..]}; returns the log of the integral. */
    double condition(int k, double precision, double[] centre, double[] mean, double[] within, Scratch scratch) {
        int mark = scratch.mark();
        int d = dimension;
        int from = k * d;
        double[] u = scratch.take(d);
        double[] widened = scratch.take(d);
        double[] logs = scratch.take(d);
        Arrays.fill(u, 0, d, 0);
        for (int j = 0; j < d; j++) {
            addScaled(centre[j] - means[k][j], coordinates[k], j * d, u, 0, d);
        }
        for (int a = 0; a < d; a++) {
            widened[a] = Math.fma(eigenvalues[k][a], precision, 1);
        }
        LaneMath.get().log(widened, 0, logs, 0, d);
        double sum = 0;
        System.arraycopy(means[k], 0, mean, from, d);
        Arrays.fill(within, from, from + d, 0);
        for (int a = 0; a < d; a++) {
            double left = eigenvalues[k][a] / widened[a];
            sum += logs[a] + precision * u[a] * u[a] / widened[a];
            addScaled(precision * left * u[a], axes[k], a * d, mean, from, d);
            addScaled(left, squares[k], a * d, within, from, d);
        }
        scratch.release(mark);
        return -0.5 * sum;
    }

    /** Elementwise, which the compiler turns into vectors. */
    private static void addScaled(double factor, double[] a, int offset, double[] out, int outOffset, int n) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = Math.fma(factor, a[offset + i], out[outOffset + i]);
        }
    }
}
