package io.driftwood.inference.filter;

import io.driftwood.inference.numeric.Cholesky;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * One step of the Kalman filter on a mean of length d and a covariance, row-major d x d, both overwritten:
 * <pre>
 *   predict   m = F m + c,   P = F P Fᵀ + Q
 *   update    v = y - H m,   S = H P Hᵀ + R,   K = P Hᵀ S^-1
 *             m = m + K v,   P = (I - K H) P (I - K H)ᵀ + K R Kᵀ,   log p(y) = log N(v; 0, S)
 * </pre>
 * The covariance is taken in Joseph's form and made symmetric: it stays positive semidefinite whatever the rounding of K, which the shorter
 * (I - K H) P does not. Allocates nothing after the first call of its largest size; owns buffers, so not to be shared between threads.
 *
 * <p>Reference: [1] Anderson and Moore (1979), Optimal Filtering, chapters 3 and 6.
 */
final class KalmanStep {

    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private final Cholesky factor = new Cholesky();
    private final DMatrixRMaj mean = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj covariance = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj matrix = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj noise = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj gain = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj cross = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj left = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj product = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj predictive = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj inverse = new DMatrixRMaj(0, 0);
    private double[] innovation = new double[0];
    private double[] spare = new double[0];

    /** @param transition F; @param shift c; @param transitionCovariance Q */
    void predict(int d, double[] m, double[] p, double[] transition, double[] shift, double[] transitionCovariance) {
        load(matrix, transition, d, d);
        load(mean, m, d, 1);
        load(covariance, p, d, d);
        product.reshape(d, 1);
        CommonOps_DDRM.mult(matrix, mean, product);
        for (int i = 0; i < d; i++) {
            m[i] = product.data[i] + shift[i];
        }
        left.reshape(d, d);
        product.reshape(d, d);
        CommonOps_DDRM.mult(matrix, covariance, left);
        CommonOps_DDRM.multTransB(left, matrix, product);
        for (int i = 0; i < d * d; i++) {
            product.data[i] += transitionCovariance[i];
        }
        storeSymmetric(product, p, d);
    }

    /**
     * @param y what was measured, {@code count} numbers; @param h H, count x d; @param r R, count x count
     * @return log p(y); not a finite number when S is not positive definite or y is too far off, and then nothing has changed
     */
    double update(int d, double[] m, double[] p, double[] y, int count, double[] h, double[] r) {
        if (!innovate(d, m, p, y, count, h, r)) {
            return Double.NaN;
        }
        double logDensity = logDensityOfInnovation(count);
        if (!(Math.abs(logDensity) < Double.POSITIVE_INFINITY)) {
            return logDensity;
        }
        // K = P Hᵀ S^-1
        inverse.reshape(count, count);
        factor.inverse(inverse.data, spare);
        gain.reshape(d, count);
        CommonOps_DDRM.mult(cross, inverse, gain);
        for (int i = 0; i < d; i++) {
            double sum = m[i];
            for (int c = 0; c < count; c++) {
                sum = Math.fma(gain.data[i * count + c], innovation[c], sum);
            }
            m[i] = sum;
        }
        joseph(d, count, p);
        return logDensity;
    }

    /** h_c m: what channel c is expected to be. */
    static double expected(int c, int d, double[] m, double[] h) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
            sum = Math.fma(h[c * d + j], m[j], sum);
        }
        return sum;
    }

    /** h_c P h_cᵀ + R_cc: the variance of channel c, with as many channels as rows of H. */
    static double variance(int c, int d, double[] p, double[] h, double[] r) {
        int channels = h.length / d;
        double sum = r[c * channels + c];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                sum = Math.fma(h[c * d + i] * p[i * d + j], h[c * d + j], sum);
            }
        }
        return sum;
    }

    /** Element k of the gain K of the last update, row-major d x count. */
    double gain(int k) { return gain.data[k]; }

    /** Innovation, P Hᵀ and S with its factor. */
    private boolean innovate(int d, double[] m, double[] p, double[] y, int count, double[] h, double[] r) {
        if (innovation.length < count) {
            innovation = new double[count];
            spare = new double[count];
        }
        load(matrix, h, count, d);
        load(covariance, p, d, d);
        load(noise, r, count, count);
        for (int c = 0; c < count; c++) {
            double sum = y[c];
            for (int j = 0; j < d; j++) {
                sum = Math.fma(-h[c * d + j], m[j], sum);
            }
            innovation[c] = sum;
        }
        cross.reshape(d, count);
        CommonOps_DDRM.multTransB(covariance, matrix, cross);
        predictive.reshape(count, count);
        CommonOps_DDRM.mult(matrix, cross, predictive);
        CommonOps_DDRM.addEquals(predictive, noise);
        return factor.decompose(predictive.data, count);
    }

    private double logDensityOfInnovation(int count) {
        System.arraycopy(innovation, 0, spare, 0, count);
        factor.solveLower(spare);
        double squares = 0;
        for (int c = 0; c < count; c++) {
            squares += spare[c] * spare[c];
        }
        return -count * HALF_LOG_TWO_PI - 0.5 * factor.logDeterminant() - 0.5 * squares;
    }

    private void joseph(int d, int count, double[] p) {
        // I - K H
        left.reshape(d, d);
        CommonOps_DDRM.mult(gain, matrix, left);
        CommonOps_DDRM.changeSign(left);
        for (int i = 0; i < d; i++) {
            left.data[i * d + i] += 1;
        }
        product.reshape(d, d);
        CommonOps_DDRM.mult(left, covariance, product);
        CommonOps_DDRM.multTransB(product, left, covariance);
        cross.reshape(d, count);
        CommonOps_DDRM.mult(gain, noise, cross);
        CommonOps_DDRM.multAddTransB(cross, gain, covariance);
        storeSymmetric(covariance, p, d);
    }

    private static void load(DMatrixRMaj to, double[] from, int rows, int columns) {
        to.reshape(rows, columns);
        System.arraycopy(from, 0, to.data, 0, rows * columns);
    }

    private static void storeSymmetric(DMatrixRMaj from, double[] to, int d) {
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                to[i * d + j] = 0.5 * (from.data[i * d + j] + from.data[j * d + i]);
            }
        }
    }
}
