package io.driftwood.inference.model;

import io.driftwood.inference.model.bijector.Exponential;
import io.driftwood.inference.model.bijector.Identity;
import io.driftwood.inference.model.bijector.ScalarBijector;
import io.driftwood.inference.model.prior.PriorDensity;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;

/**
 * A scalar density p pulled back through x = T(z):
 * <pre>
 *   l(z)   = log p(T(z)) + log T'(z)
 *   l'(z)  = p1 T' + (log T')',          p1, p2 = first and second derivative of log p at T(z)
 *   l''(z) = p2 T'^2 + p1 T'' + (log T')''
 * </pre>
 */
final class ScalarPrior implements BlockPrior {

    private final ScalarBijector bijector;
    private final PriorDensity density;

    ScalarPrior(ScalarBijector bijector, PriorDensity density) {
        if (density.low() != bijector.low() || density.high() != bijector.high()) {
            throw new IllegalArgumentException("a density on (" + density.low() + ", " + density.high()
                    + ") cannot be the prior of a parameter on (" + bijector.low() + ", " + bijector.high() + ")");
        }
        this.bijector = bijector;
        this.density = density;
    }

    @Override
    public boolean isProper() { return density.isProper(); }

    @Override
    public void addLogDensity(double[] z, int zOffset, int stride, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] p1 = score == null ? null : scratch.take(stride);
        if (bijector instanceof Identity) {
            density.evaluate(z, zOffset, stride, logDensity, p1, null, scratch);
            if (score != null) {
                LaneMath.get().axpy(1, p1, 0, score, zOffset, stride);
            }
        } else {
            double[] x = scratch.take(stride);
            bijector.constrain(z, zOffset, x, 0, stride, scratch);
            density.evaluate(x, 0, stride, logDensity, p1, null, scratch);
            if (score != null) {
                double[] t1 = scratch.take(stride);
                bijector.derivatives(z, zOffset, stride, t1, null, scratch);
                LaneMath.get().multiplyAdd(p1, 0, t1, 0, score, zOffset, stride);
            }
            bijector.addLogJacobian(z, zOffset, stride, logDensity, score, scratch);
        }
        scratch.release(mark);
    }

    @Override
    public void addHessianVector(double[] z, int zOffset, int stride, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] p2 = scratch.take(stride);
        if (bijector instanceof Identity) {
            density.evaluate(z, zOffset, stride, null, null, p2, scratch);
            for (int i = 0; i < stride; i++) {
                out[zOffset + i] += p2[i] * v[zOffset + i];
            }
            scratch.release(mark);
            return;
        }
        double[] x = scratch.take(stride);
        double[] p1 = scratch.take(stride);
        double[] t1 = scratch.take(stride);
        double[] t2 = scratch.take(stride);
        bijector.constrain(z, zOffset, x, 0, stride, scratch);
        density.evaluate(x, 0, stride, null, p1, p2, scratch);
        bijector.derivatives(z, zOffset, stride, t1, t2, scratch);
        for (int i = 0; i < stride; i++) {
            out[zOffset + i] += (p2[i] * t1[i] * t1[i] + p1[i] * t2[i]) * v[zOffset + i];
        }
        bijector.addLogJacobianHessianVector(z, zOffset, stride, v, out, scratch);
        scratch.release(mark);
    }

    @Override
    public void sample(double[] z, int zOffset, int stride, int n, Randomness random, long step, int iteration, Scratch scratch) {
        if (bijector instanceof Exponential) {
            density.sampleLog(z, zOffset, n, random, step, iteration, scratch);
            return;
        }
        density.sample(z, zOffset, n, random, step, iteration, scratch);
        for (int i = 0; i < n; i++) {
            bijector.unconstrain(z, zOffset + i, z, zOffset + i);
        }
    }
}
