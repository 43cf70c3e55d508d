package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Patterns;
import io.driftwood.inference.target.Target;

/**
 * p(y_k | y_1..y_(k-1)) on {-1, 1}^d for measurements of one pattern through Bernoulli noise, up to a constant, every particle with a history of its own: with S the sum of
 * its measurements so far,
 * <pre>
 *   log p = Q(S + y_k),   Q(u) = log sum_a w_a e^(alpha x_a . u)      score = alpha E[x | y_1..y_k]
 * </pre>
 * Reference: [1] Bach and Saremi (2025). Differs from [1]: nothing.
 */
public final class SignsTarget implements Target {

    private final Patterns patterns;
    private final Particles sum;

    /** Before the first of a population's measurements. */
    public SignsTarget(Patterns patterns, int size) {
        this.patterns = patterns;
        this.sum = new Particles(size, patterns.dimension());
    }

    /** The places become the next measurements. */
    public void take(Particles y) { LaneMath.get().axpy(1, y.values, 0, sum.values, 0, y.length()); }

    /** S, at which the posterior mean of the patterns is that given all measurements. */
    public Particles sum() { return sum; }

    @Override
    public int dimension() { return patterns.dimension(); }

    @Override
    public Domain domain() { return Domain.SIGNS; }

    @Override
    public void evaluate(Particles y, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        patterns.evaluate(moved(y, scratch), logDensity, score, scratch);
        scratch.release(mark);
    }

    private Particles moved(Particles y, Scratch scratch) {
        Particles moved = new Particles(y.size, y.dimension, scratch.take(y.length()));
        moved.copyFrom(y);
        LaneMath.get().axpy(1, sum.values, 0, moved.values, 0, y.length());
        return moved;
    }

    @Override
    public void hessianVector(Particles y, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        patterns.hessianVector(moved(y, scratch), v, out, scratch);
        scratch.release(mark);
    }
}
