package io.driftwood.inference.target;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.particle.Particles;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * K Gaussians N(mu_k, S_k) in the axes of their covariances, S_k = Q_k diag(lambda_k) Q_k^T: with noise variance v added, S_k + v I keeps
 * its axes, so that nothing is decomposed again for another v. Without rotation (diagonal covariances) Q_k is the identity and not stored.
 */
final class MixtureComponents {

    final int count;
    final int dimension;
    /** mu_k at [k*d + j]. */
    final double[] means;
    /** lambda_k at [k*d + j]. */
    final double[] spectra;
    /** Q_k row-major, eigenvectors in its columns; null for diagonal covariances. */
    private final double[][] rotations;

    private MixtureComponents(int count, int dimension, double[] means, double[] spectra, double[][] rotations) {
        this.count = count;
        this.dimension = dimension;
        this.means = means;
        this.spectra = spectra;
        this.rotations = rotations;
        for (double lambda : spectra) {
            if (!(lambda > 0 && lambda < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a component's covariance must be positive definite");
            }
        }
    }

    /** @param variances component k's variances along the coordinates */
    static MixtureComponents diagonal(double[][] means, double[][] variances) {
        return new MixtureComponents(means.length, means[0].length, flat(means), flat(variances), null);
    }

    /** @param covariances component k's covariance, row-major d x d; the lower triangle is read */
    static MixtureComponents full(double[][] means, double[][] covariances) {
        int d = means[0].length;
        double[] spectra = new double[means.length * d];
        double[][] rotations = new double[means.length][d * d];
        for (int k = 0; k < means.length; k++) {
            decompose(covariances[k], d, spectra, k * d, rotations[k]);
        }
        return new MixtureComponents(means.length, d, flat(means), spectra, rotations);
    }

    private static void decompose(double[] covariance, int d, double[] spectra, int offset, double[] rotation) {
        DMatrixRMaj matrix = new DMatrixRMaj(d, d);
        for (int r = 0; r < d; r++) {
            for (int c = 0; c <= r; c++) {
                matrix.set(r, c, covariance[r * d + c]);
                matrix.set(c, r, covariance[r * d + c]);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(matrix)) {
            throw new IllegalArgumentException("a component's covariance has no eigenvalues to be found");
        }
        for (int j = 0; j < d; j++) {
            spectra[offset + j] = eigen.getEigenvalue(j).getReal();
            for (int r = 0; r < d; r++) {
                rotation[r * d + j] = eigen.getEigenVector(j).get(r);
            }
        }
    }

    private static double[] flat(double[][] rows) {
        int d = rows[0].length;
        double[] out = new double[rows.length * d];
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(rows[k], 0, out, k * d, d);
        }
        return out;
    }

    boolean rotated() { return rotations != null; }

    double mean(int k, int j) { return means[k * dimension + j]; }

    double eigenvalue(int k, int j) { return spectra[k * dimension + j]; }

    /** (Q_k)_rj; of the identity without rotation. */
    double axis(int k, int r, int j) { return rotated() ? rotations[k][r * dimension + j] : r == j ? 1 : 0; }

    /** out = Q_k^T (y - mu_k) for every lane; {@code centred} is spare, of the same length. */
    void toAxes(int k, Particles y, double[] centred, double[] out) {
        double[] difference = rotated() ? centred : out;
        for (int j = 0; j < dimension; j++) {
            double mean = mean(k, j);
            int column = j * y.stride;
            for (int i = 0; i < y.stride; i++) {
                difference[column + i] = y.values[column + i] - mean;
            }
        }
        if (rotated()) {
            directionToAxes(k, centred, y.stride, out);
        }
    }

    /** out = Q_k^T in; only with rotation. */
    void directionToAxes(int k, double[] in, int stride, double[] out) {
        java.util.Arrays.fill(out, 0, dimension * stride, 0.0);
        for (int j = 0; j < dimension; j++) {
            for (int r = 0; r < dimension; r++) {
                LaneMath.get().axpy(rotations[k][r * dimension + j], in, r * stride, out, j * stride, stride);
            }
        }
    }

    /** out += Q_k in. */
    void addFromAxes(int k, double[] in, int stride, double[] out) {
        if (!rotated()) {
            LaneMath.get().axpy(1, in, 0, out, 0, dimension * stride);
            return;
        }
        for (int r = 0; r < dimension; r++) {
            for (int j = 0; j < dimension; j++) {
                LaneMath.get().axpy(rotations[k][r * dimension + j], in, j * stride, out, r * stride, stride);
            }
        }
    }

    /** The covariance Q_k diag(values) Q_k^T at row r, column c. */
    double covariance(int k, int r, int c, double[] values) {
        if (!rotated()) {
            return r == c ? values[r] : 0;
        }
        double sum = 0;
        for (int j = 0; j < dimension; j++) {
            sum = Math.fma(rotations[k][r * dimension + j] * values[j], rotations[k][c * dimension + j], sum);
        }
        return sum;
    }
}
