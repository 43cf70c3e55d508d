package io.driftwood.inference.variational;

import io.driftwood.inference.target.GaussianTarget;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * How far and how narrow one observation made a posterior, in units of the posterior before. With N(m, L L^T) before and N(m', L' L'^T) after,
 * <pre>
 *   L^-1 L' (L^-1 L')^T = U diag(sd^2) U^T        shift = |U^T L^-1 (m' - m)|
 * </pre>
 * so that in coordinates where N(0, I) was before, turned and mirrored, N(shift, diag sd^2) is after. Paths whose steps are the same in every direction cannot
 * tell more.
 *
 * @param shift length d, not negative
 * @param sd length d, positive
 */
public record FarStep(double[] shift, double[] sd) {

    public static FarStep between(GaussianTarget before, GaussianTarget after) {
        int d = before.dimension();
        double[] lower = before.lower();
        double[] moved = after.mean();
        double[] mean = before.mean();
        for (int j = 0; j < d; j++) {
            moved[j] -= mean[j];
        }
        solve(lower, moved, 0, 1, d);
        double[] factor = after.lower();
        for (int column = 0; column < d; column++) {
            solve(lower, factor, column, d, d);
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(squares(factor, d))) {
            throw new IllegalArgumentException("a covariance has no eigenvalues to be found");
        }
        double[] shift = new double[d];
        double[] sd = new double[d];
        for (int k = 0; k < d; k++) {
            double[] axis = eigen.getEigenVector(k).data;
            double along = 0;
            for (int j = 0; j < d; j++) {
                along += axis[j] * moved[j];
            }
            shift[k] = Math.abs(along);
            sd[k] = Math.sqrt(Math.max(Double.MIN_NORMAL, eigen.getEigenvalue(k).getReal()));
        }
        return new FarStep(shift, sd);
    }

    /** The inverse of {@link #values}. */
    public static FarStep of(double[] values) {
        int d = values.length / 2;
        double[] shift = new double[d];
        double[] sd = new double[d];
        System.arraycopy(values, 0, shift, 0, d);
        System.arraycopy(values, d, sd, 0, d);
        return new FarStep(shift, sd);
    }

    /** All shifts, then all standard deviations. */
    public double[] values() {
        int d = shift.length;
        double[] values = new double[2 * d];
        System.arraycopy(shift, 0, values, 0, d);
        System.arraycopy(sd, 0, values, d, d);
        return values;
    }

    /** By how many standard deviations the mean moved. */
    public double distance() {
        double squares = 0;
        for (double s : shift) {
            squares += s * s;
        }
        return Math.sqrt(squares);
    }

    /**
     * The conditional effective sample size, as a share, of reweighting endless draws from before: with weight w
     * <pre>   (E w)^2 / E w^2 = prod_j sd_j sqrt(2 - sd_j^2) exp(-shift_j^2 / (2 - sd_j^2))   </pre>
     * and 0 where E w^2 is infinite, sd_j^2 >= 2.
     */
    public double conditionalEss() {
        double log = 0;
        for (int j = 0; j < shift.length; j++) {
            double left = 2 - sd[j] * sd[j];
            if (!(left > 0)) {
                return 0;
            }
            log += StrictMath.log(sd[j]) + 0.5 * StrictMath.log(left) - shift[j] * shift[j] / left;
        }
        return StrictMath.exp(log);
    }

    /** Overwrites the d numbers at {@code offset}, {@code offset + stride}, ... with L^-1 times them. */
    private static void solve(double[] lower, double[] x, int offset, int stride, int d) {
        for (int r = 0; r < d; r++) {
            double sum = x[offset + r * stride];
            for (int k = 0; k < r; k++) {
                sum -= lower[r * d + k] * x[offset + k * stride];
            }
            x[offset + r * stride] = sum / lower[r * d + r];
        }
    }

    /** W W^T for a lower triangular W. */
    private static DMatrixRMaj squares(double[] factor, int d) {
        DMatrixRMaj product = new DMatrixRMaj(d, d);
        for (int r = 0; r < d; r++) {
            for (int c = 0; c < d; c++) {
                double sum = 0;
                for (int k = 0; k <= Math.min(r, c); k++) {
                    sum += factor[r * d + k] * factor[c * d + k];
                }
                product.data[r * d + c] = sum;
            }
        }
        return product;
    }
}
