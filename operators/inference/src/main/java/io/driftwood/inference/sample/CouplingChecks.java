package io.driftwood.inference.sample;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Whether both laws that a coupling samples are log-concave, as far as the points looked at show:
 * <pre>
 *   x | xi is where   min eigenvalue of -Hess log p(x) + rho A^T A   >= 0   for all x
 *   xi is where       rho * max eigenvalue of Cov(A x | xi)          &lt;= 1   for all xi
 * </pre>
 */
final class CouplingChecks {

    private CouplingChecks() {}

    /** The smallest eigenvalue over the points of x. */
    static double leastCurvature(CoupledTarget conditional, Particles x, Scratch scratch) {
        int d = x.dimension;
        double[] unit = new double[x.length()];
        double[][] columns = new double[d][x.length()];
        for (int j = 0; j < d; j++) {
            Arrays.fill(unit, 0);
            Arrays.fill(unit, j * x.stride, (j + 1) * x.stride, 1);
            conditional.hessianVector(x, unit, columns[j], scratch);
        }
        double least = Double.POSITIVE_INFINITY;
        double[] matrix = new double[d * d];
        for (int i = 0; i < x.size; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    matrix[j * d + k] = -0.5 * (columns[j][k * x.stride + i] + columns[k][j * x.stride + i]);
                }
            }
            least = Math.min(least, extremeEigenvalue(matrix, d, -1));
        }
        return least;
    }

    /**
     * rho * max eigenvalue of Cov(A x) for one particle, from draws of it.
     *
     * @param draws draw t of coordinate j at {@code draws[j*length + t]}
     */
    static double spread(double[] draws, int length, LinearMap map, double precision) {
        int d = map.columns();
        double[] covariance = new double[d * d];
        double[] ones = new double[length];
        Arrays.fill(ones, 1.0 / (length - 1));
        double[] mean = new double[d];
        for (int j = 0; j < d; j++) {
            mean[j] = LaneMath.get().sum(draws, j * length, length) / length;
        }
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < d; k++) {
                covariance[j * d + k] = LaneMath.get().weightedProducts(ones, 0, draws, j * length, mean[j], draws, k * length, mean[k], length);
            }
        }
        // A C A^T has the eigenvalues of R C R^T with R^T R = A^T A, R = D^(1/2) V^T from A^T A = V D V^T.
        double[] root = root(map.gram(), d);
        return precision * extremeEigenvalue(sandwich(root, covariance, d), d, 1);
    }

    /** The largest or, with sign -1, the smallest eigenvalue of a symmetric matrix; NaN of one that is not finite. */
    static double extremeEigenvalue(double[] matrix, int d, int sign) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, false, true);
        if (!finite(matrix) || !eigen.decompose(new DMatrixRMaj(d, d, true, matrix.clone()))) {
            return Double.NaN;
        }
        double extreme = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < d; k++) {
            extreme = Math.max(extreme, sign * eigen.getEigenvalue(k).getReal());
        }
        return sign * extreme;
    }

    /** R with R^T R the given matrix, which is positive semidefinite. */
    private static double[] root(double[] gram, int d) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        double[] root = new double[d * d];
        if (!eigen.decompose(new DMatrixRMaj(d, d, true, gram))) {
            Arrays.fill(root, Double.NaN);
            return root;
        }
        for (int k = 0; k < d; k++) {
            double scale = Math.sqrt(Math.max(0, eigen.getEigenvalue(k).getReal()));
            for (int j = 0; j < d; j++) {
                root[k * d + j] = scale * eigen.getEigenVector(k).get(j, 0);
            }
        }
        return root;
    }

    /** R C R^T. */
    private static double[] sandwich(double[] root, double[] covariance, int d) {
        double[] out = new double[d * d];
        for (int r = 0; r < d; r++) {
            for (int s = 0; s < d; s++) {
                for (int j = 0; j < d; j++) {
                    for (int k = 0; k < d; k++) {
                        out[r * d + s] += root[r * d + j] * covariance[j * d + k] * root[s * d + k];
                    }
                }
            }
        }
        return out;
    }

    private static boolean finite(double[] matrix) {
        for (double e : matrix) {
            if (!(Math.abs(e) <= Double.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }
}
