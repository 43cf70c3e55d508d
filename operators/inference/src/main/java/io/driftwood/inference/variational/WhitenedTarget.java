package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;

/**
 * A target in the coordinates u in which a normal is standard, x = mean + L u: log p(mean + L u) + log |L|, with score L^T s and Hessian L^T H L. The
 * normaliser stays. Dynamics of unit mass on it are those of a dense mass matrix on the target itself, and a standard start is the normal.
 */
public final class WhitenedTarget implements Target {

    private final Target target;
    private final double[] mean;
    private final double[] lower;
    private final double logDeterminant;

    public WhitenedTarget(Target target, GaussianTarget normal) {
        this.target = target;
        this.mean = normal.mean();
        this.lower = normal.lower();
        double total = 0;
        for (int j = 0; j < mean.length; j++) {
            total += StrictMath.log(lower[j * mean.length + j]);
        }
        this.logDeterminant = total;
    }

    @Override
    public int dimension() { return mean.length; }

    /** x = mean + L u, in the target's own coordinates. */
    public void colour(Particles white, Particles x) {
        LaneMath.get().lowerTimesColumns(lower, mean.length, white.values, x.values, white.stride, white.stride);
        for (int j = 0; j < mean.length; j++) {
            for (int i = j * x.stride; i < (j + 1) * x.stride; i++) {
                x.values[i] += mean[j];
            }
        }
    }

    @Override
    public void evaluate(Particles white, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = new Particles(white.size, white.dimension, scratch.take(white.length()));
        double[] own = score == null ? null : scratch.take(white.length());
        colour(white, x);
        target.evaluate(x, logDensity, own, scratch);
        for (int i = 0; i < white.stride; i++) {
            logDensity[i] += logDeterminant;
        }
        if (score != null) {
            LaneMath.get().lowerTransposedTimesColumns(lower, mean.length, own, score, white.stride, white.stride);
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles white, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = new Particles(white.size, white.dimension, scratch.take(white.length()));
        double[] direction = scratch.take(white.length());
        double[] product = scratch.take(white.length());
        colour(white, x);
        LaneMath.get().lowerTimesColumns(lower, mean.length, v, direction, white.stride, white.stride);
        target.hessianVector(x, direction, product, scratch);
        LaneMath.get().lowerTransposedTimesColumns(lower, mean.length, product, out, white.stride, white.stride);
        scratch.release(mark);
    }
}
