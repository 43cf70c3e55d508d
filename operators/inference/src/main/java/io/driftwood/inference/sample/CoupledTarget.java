package io.driftwood.inference.sample;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;

/**
 * What a coupling makes of a target, every particle with its own xi:
 * <pre>   log p(x | xi) = log p(x) - rho/2 |xi - A x|^2,   score + rho A^T (xi - A x),   Hessian - rho A^T A   </pre>
 * Columns of xi: {@code xi[k*stride + i]}, as of the particles. For one run.
 */
final class CoupledTarget implements Target {

    private final Target target;
    private final LinearMap map;
    private final double precision;
    private double[] xi;

    CoupledTarget(Target target, LinearMap map, double precision) {
        this.target = target;
        this.map = map;
        this.precision = precision;
    }

    /** Given this xi from now on. */
    CoupledTarget given(double[] xi) {
        this.xi = xi;
        return this;
    }

    @Override
    public int dimension() { return target.dimension(); }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] away = scratch.take(map.rows() * x.stride);
        target.evaluate(x, logDensity, score, scratch);
        map.times(x.values, x.stride, away);
        LaneMath.get().axpby(1, xi, 0, -1, away, 0, map.rows() * x.stride);
        LaneMath.get().addColumnSquares(away, map.rows(), x.stride, x.stride, -precision / 2, logDensity);
        if (score != null) {
            LaneMath.get().axpby(0, away, 0, precision, away, 0, map.rows() * x.stride);
            map.addTransposedTimes(away, x.stride, score);
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] image = scratch.take(map.rows() * x.stride);
        target.hessianVector(x, v, out, scratch);
        map.times(v, x.stride, image);
        LaneMath.get().axpby(0, image, 0, -precision, image, 0, map.rows() * x.stride);
        map.addTransposedTimes(image, x.stride, out);
        scratch.release(mark);
    }
}
