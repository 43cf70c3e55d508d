package io.driftwood.inference.model.bijector;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;

/** x = e^z, onto (0, inf); log J = z. */
public final class Exponential implements ScalarBijector {

    @Override
    public double low() { return 0; }

    @Override
    public double high() { return Double.POSITIVE_INFINITY; }

    @Override
    public void constrain(double[] z, int zOffset, double[] x, int xOffset, int stride, Scratch scratch) {
        LaneMath.get().exp(z, zOffset, x, xOffset, stride);
    }

    @Override
    public void unconstrain(double[] x, int xOffset, double[] z, int zOffset) { LaneMath.get().log(x, xOffset, z, zOffset, 1); }

    @Override
    public void derivatives(double[] z, int zOffset, int n, double[] first, double[] second, Scratch scratch) {
        LaneMath.get().exp(z, zOffset, first, 0, n);
        if (second != null) {
            System.arraycopy(first, 0, second, 0, n);
        }
    }

    @Override
    public void addLogJacobian(double[] z, int zOffset, int stride, double[] logDensity, double[] score, Scratch scratch) {
        for (int i = 0; i < stride; i++) {
            logDensity[i] += z[zOffset + i];
        }
        if (score != null) {
            for (int i = 0; i < stride; i++) {
                score[zOffset + i] += 1;
            }
        }
    }

    @Override
    public void addLogJacobianHessianVector(double[] z, int zOffset, int stride, double[] v, double[] out, Scratch scratch) {}
}
