package io.driftwood.inference.model.bijector;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;

/** x = log(1 + e^z), onto (0, inf); log J = log sigma(z). Linear in its right tail, where the exponential runs away. */
public final class Softplus implements ScalarBijector {

    private static final LogisticTerm LOG_JACOBIAN = new LogisticTerm(1, 0, 1, 0);

    @Override
    public double low() { return 0; }

    @Override
    public double high() { return Double.POSITIVE_INFINITY; }

    @Override
    public void constrain(double[] z, int zOffset, double[] x, int xOffset, int stride, Scratch scratch) {
        LaneMath.get().softplus(z, zOffset, x, xOffset, stride);
    }

    /** z = log(e^x - 1) = x + log(1 - e^-x). */
    @Override
    public void unconstrain(double[] x, int xOffset, double[] z, int zOffset) {
        z[zOffset] = x[xOffset] + StrictMath.log(-StrictMath.expm1(-x[xOffset]));
    }

    @Override
    public void derivatives(double[] z, int zOffset, int n, double[] first, double[] second, Scratch scratch) {
        LaneMath.get().sigmoid(z, zOffset, first, 0, n);
        if (second != null) {
            for (int i = 0; i < n; i++) {
                second[i] = first[i] * (1 - first[i]);
            }
        }
    }

    @Override
    public void addLogJacobian(double[] z, int zOffset, int stride, double[] logDensity, double[] score, Scratch scratch) {
        LOG_JACOBIAN.add(z, zOffset, stride, logDensity, score, scratch);
    }

    @Override
    public void addLogJacobianHessianVector(double[] z, int zOffset, int stride, double[] v, double[] out, Scratch scratch) {
        LOG_JACOBIAN.addHessianVector(z, zOffset, stride, v, out, scratch);
    }
}
