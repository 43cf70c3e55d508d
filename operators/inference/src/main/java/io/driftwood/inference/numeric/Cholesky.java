package io.driftwood.inference.numeric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * Cholesky factor A = L L^T of a small symmetric matrix (EJML), with what is solved by it. Reusable; allocates nothing after
 * the first matrix of its largest size. Not safe to share between threads.
 */
public final class Cholesky {

    private static final double FIRST_RIDGE = 1e-10;
    private static final double LAST_RIDGE = 2e-3;

    private final DMatrixRMaj work = new DMatrixRMaj(0, 0);
    private final CholeskyDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.chol(1, true);
    private int dimension;
    private double ridge;
    private boolean valid;

    /**
     * Factors the d x d row-major matrix (length at least d*d, both triangles), and leaves it as it is.
     *
     * @return false when it is not positive definite to working precision, or not finite; then nothing may be asked of this object
     */
    public boolean decompose(double[] matrix, int d) {
        dimension = d;
        ridge = 0;
        valid = attempt(matrix);
        return valid;
    }

    /**
     * The same of A + ridge I, the ridge being the first of 0, 1e-10, 1e-9, ... 1e-3 times the mean diagonal with which there is a factor.
     *
     * @return false when there is none even so
     */
    public boolean decomposeWithRidge(double[] matrix, int d) {
        double meanDiagonal = 0;
        for (int i = 0; i < d; i++) {
            meanDiagonal += matrix[i * d + i] / d;
        }
        boolean found = decompose(matrix, d);
        for (double factor = FIRST_RIDGE; !found && factor < LAST_RIDGE && meanDiagonal > 0; factor *= 10) {
            ridge = factor * meanDiagonal;
            valid = attempt(matrix);
            found = valid;
        }
        return found;
    }

    private boolean attempt(double[] matrix) {
        work.reshape(dimension, dimension);
        System.arraycopy(matrix, 0, work.data, 0, dimension * dimension);
        for (int i = 0; i < dimension; i++) {
            work.data[i * dimension + i] += ridge;
        }
        if (!decomposition.decompose(work)) {
            return false;
        }
        // EJML lets NaN pass.
        for (int i = 0; i < dimension * dimension; i++) {
            if (!(Math.abs(work.data[i]) <= Double.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    /** What was added to the diagonal; 0 for a positive definite matrix. */
    public double ridge() { return requireValid().ridge; }

    /** L into out, row-major d x d with zeros above the diagonal. */
    public void lower(double[] out) {
        System.arraycopy(requireValid().work.data, 0, out, 0, dimension * dimension);
    }

    /** log det A, or of A + ridge I, = 2 sum log L_ii. */
    public double logDeterminant() {
        double[] lower = requireValid().work.data;
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += ScalarLogarithm.log(lower[i * dimension + i]);
        }
        return 2 * sum;
    }

    /** b becomes L^-1 b. */
    public void solveLower(double[] b) {
        double[] lower = requireValid().work.data;
        for (int i = 0; i < dimension; i++) {
            double sum = b[i];
            for (int j = 0; j < i; j++) {
                sum = Math.fma(-lower[i * dimension + j], b[j], sum);
            }
            b[i] = sum / lower[i * dimension + i];
        }
    }

    /** b becomes L^-T b. */
    public void solveLowerTransposed(double[] b) {
        double[] lower = requireValid().work.data;
        for (int i = dimension - 1; i >= 0; i--) {
            double sum = b[i];
            for (int j = i + 1; j < dimension; j++) {
                sum = Math.fma(-lower[j * dimension + i], b[j], sum);
            }
            b[i] = sum / lower[i * dimension + i];
        }
    }

    /** b becomes A^-1 b, or (A + ridge I)^-1 b. */
    public void solve(double[] b) {
        solveLower(b);
        solveLowerTransposed(b);
    }

    /** The inverse of A, or of A + ridge I, symmetric, row-major d x d. {@code spare} has length at least d. */
    public void inverse(double[] out, double[] spare) {
        requireValid();
        for (int column = 0; column < dimension; column++) {
            for (int i = 0; i < dimension; i++) {
                spare[i] = i == column ? 1 : 0;
            }
            solve(spare);
            for (int i = column; i < dimension; i++) {
                out[i * dimension + column] = spare[i];
                out[column * dimension + i] = spare[i];
            }
        }
    }

    private Cholesky requireValid() {
        if (!valid) {
            throw new IllegalStateException("no decomposition: decompose returned false or was not called");
        }
        return this;
    }
}
