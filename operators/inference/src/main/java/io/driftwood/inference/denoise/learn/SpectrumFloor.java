package io.driftwood.inference.denoise.learn;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The positive definite matrix of largest Gaussian likelihood among those without an eigenvalue below a floor: the sample covariance with its
 * small eigenvalues raised to the floor. So a fit with the floor still never loses likelihood.
 */
final class SpectrumFloor {

    private SpectrumFloor() {}

    /**
     * Raises the eigenvalues of a symmetric row-major d x d matrix, in place.
     *
     * @return whether one was below the floor
     */
    static boolean raise(double[] covariance, int d, double floor) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        DMatrixRMaj matrix = new DMatrixRMaj(d, d);
        System.arraycopy(covariance, 0, matrix.data, 0, d * d);
        if (!eigen.decompose(matrix)) {
            throw new IllegalArgumentException("a covariance has no eigenvalues to be found");
        }
        boolean raised = false;
        for (int j = 0; j < d; j++) {
            double missing = floor - eigen.getEigenvalue(j).getReal();
            if (missing > 0) {
                raised = true;
                addOuter(missing, eigen.getEigenVector(j).data, covariance, d);
            }
        }
        return raised;
    }

    private static void addOuter(double factor, double[] axis, double[] covariance, int d) {
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                covariance[a * d + b] = Math.fma(factor * axis[a], axis[b], covariance[a * d + b]);
            }
        }
    }
}
