package io.driftwood.inference.target;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** beta log p: the target at inverse temperature beta, which may be changed between evaluations. Improper at 0 on R^d. */
public final class TemperedTarget implements Target {

    private final Target target;
    private double beta;

    public TemperedTarget(Target target, double beta) {
        this.target = target;
        at(beta);
    }

    /** At this inverse temperature from now on. */
    public TemperedTarget at(double beta) {
        if (!(beta >= 0 && beta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("an inverse temperature must be finite and at least 0, not " + beta);
        }
        this.beta = beta;
        return this;
    }

    @Override
    public int dimension() { return target.dimension(); }

    @Override
    public Domain domain() { return target.domain(); }

    @Override
    public int categories() { return target.categories(); }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        target.evaluate(x, logDensity, score, scratch);
        scale(logDensity, x.stride);
        if (score != null) {
            scale(score, x.length());
        }
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        target.hessianVector(x, v, out, scratch);
        scale(out, x.length());
    }

    private void scale(double[] a, int n) {
        for (int k = 0; k < n; k++) {
            a[k] *= beta;
        }
    }
}
