package io.driftwood.inference.numeric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;

/**
 * A = L L^T for small symmetric positive definite matrices, row-major, by EJML. One instance reuses its buffers: allocates
 * only when d grows. Not safe to share between threads.
 */
public final class Cholesky {

    private final CholeskyDecompositionInner_DDRM decomposition = new CholeskyDecompositionInner_DDRM(true);
    private final DMatrixRMaj matrix = new DMatrixRMaj(1, 1);
    private int d;
    private double[] l;

    /** Factors the d x d matrix (left as it is). False when it is not positive definite to working precision. */
    public boolean decompose(double[] a, int d) {
        this.d = d;
        matrix.reshape(d, d);
        System.arraycopy(a, 0, matrix.data, 0, d * d);
        if (!decomposition.decompose(matrix)) {
            return false;
        }
        l = decomposition.getT().data;
        for (int j = 0; j < d; j++) {
            if (!(l[j * d + j] > 0) || l[j * d + j] == Double.POSITIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }

    /** Writes L, zeros above the diagonal, into out[0..d*d). */
    public void lower(double[] out) {
        for (int r = 0; r < d; r++) {
            for (int c = 0; c < d; c++) {
                out[r * d + c] = c <= r ? l[r * d + c] : 0;
            }
        }
    }

    /** log det A = 2 sum log L_jj. */
    public double logDeterminant() {
        double sum = 0;
        for (int j = 0; j < d; j++) {
            sum += Math.log(l[j * d + j]);
        }
        return 2 * sum;
    }

    /** b <- A^-1 b. */
    public void solve(double[] b) {
        solveLower(b);
        solveLowerTransposed(b);
    }

    /** b <- L^-T b. */
    public void solveLowerTransposed(double[] b) {
        for (int r = d - 1; r >= 0; r--) {
            double sum = b[r];
            for (int c = r + 1; c < d; c++) {
                sum -= l[c * d + r] * b[c];
            }
            b[r] = sum / l[r * d + r];
        }
    }

    /** b <- L^-1 b. */
    public void solveLower(double[] b) {
        for (int r = 0; r < d; r++) {
            double sum = b[r];
            for (int c = 0; c < r; c++) {
                sum -= l[r * d + c] * b[c];
            }
            b[r] = sum / l[r * d + r];
        }
    }
}
