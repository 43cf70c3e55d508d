package io.driftwood.inference.model.bijector;

import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;

/** x = z, onto the real line. */
public final class Identity implements ScalarBijector {

    @Override
    public double low() { return Double.NEGATIVE_INFINITY; }

    @Override
    public double high() { return Double.POSITIVE_INFINITY; }

    @Override
    public void constrain(double[] z, int zOffset, double[] x, int xOffset, int stride, Scratch scratch) {
        System.arraycopy(z, zOffset, x, xOffset, stride);
    }

    @Override
    public void unconstrain(double[] x, int xOffset, double[] z, int zOffset) { z[zOffset] = x[xOffset]; }

    @Override
    public void derivatives(double[] z, int zOffset, int n, double[] first, double[] second, Scratch scratch) {
        Arrays.fill(first, 0, n, 1.0);
        if (second != null) {
            Arrays.fill(second, 0, n, 0.0);
        }
    }

    @Override
    public void addLogJacobian(double[] z, int zOffset, int stride, double[] logDensity, double[] score, Scratch scratch) {}

    @Override
    public void addLogJacobianHessianVector(double[] z, int zOffset, int stride, double[] v, double[] out, Scratch scratch) {}
}
