package io.driftwood.inference.sample;

import io.driftwood.inference.target.GaussianTarget;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** How wide a normal is. */
final class Widths {

    private Widths() {}

    /** The largest standard deviation in any direction: the root of the largest eigenvalue of the covariance. */
    static double largest(GaussianTarget normal) {
        int d = normal.dimension();
        DMatrixRMaj covariance = DMatrixRMaj.wrap(d, d, normal.covariance());
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, false, true);
        if (!eigen.decompose(covariance)) {
            throw new SamplingException("the reference's covariance has no eigenvalues to be found");
        }
        double largest = 0;
        for (int j = 0; j < d; j++) {
            largest = Math.max(largest, eigen.getEigenvalue(j).getReal());
        }
        return Math.sqrt(largest);
    }
}
