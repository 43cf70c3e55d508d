package io.driftwood.inference.model.bijector;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;

/** x = low + (high - low) sigma(z), onto (low, high); log J = log(high - low) + log sigma(z) + log sigma(-z). */
public final class Interval implements ScalarBijector {

    private static final LogisticTerm LOG_JACOBIAN = new LogisticTerm(1, 1, 1, 0);

    private final double low;
    private final double high;

    public Interval(double low, double high) {
        if (!(low < high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException("an interval needs finite low < high, not " + low + " and " + high);
        }
        this.low = low;
        this.high = high;
    }

    @Override
    public double low() { return low; }

    @Override
    public double high() { return high; }

    @Override
    public void constrain(double[] z, int zOffset, double[] x, int xOffset, int stride, Scratch scratch) {
        LaneMath.get().sigmoid(z, zOffset, x, xOffset, stride);
        for (int i = 0; i < stride; i++) {
            x[xOffset + i] = low + (high - low) * x[xOffset + i];
        }
    }

    @Override
    public void unconstrain(double[] x, int xOffset, double[] z, int zOffset) {
        z[zOffset] = StrictMath.log((x[xOffset] - low) / (high - x[xOffset]));
    }

    @Override
    public void derivatives(double[] z, int zOffset, int n, double[] first, double[] second, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(n);
        LaneMath.get().sigmoid(z, zOffset, s, 0, n);
        for (int i = 0; i < n; i++) {
            first[i] = (high - low) * s[i] * (1 - s[i]);
        }
        if (second != null) {
            for (int i = 0; i < n; i++) {
                second[i] = first[i] * (1 - 2 * s[i]);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void addLogJacobian(double[] z, int zOffset, int stride, double[] logDensity, double[] score, Scratch scratch) {
        LOG_JACOBIAN.add(z, zOffset, stride, logDensity, score, scratch);
        double constant = StrictMath.log(high - low);
        for (int i = 0; i < stride; i++) {
            logDensity[i] += constant;
        }
    }

    @Override
    public void addLogJacobianHessianVector(double[] z, int zOffset, int stride, double[] v, double[] out, Scratch scratch) {
        LOG_JACOBIAN.addHessianVector(z, zOffset, stride, v, out, scratch);
    }
}
