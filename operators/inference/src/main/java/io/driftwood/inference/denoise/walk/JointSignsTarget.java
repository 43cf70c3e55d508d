package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Patterns;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * p(y_1..y_m) on {-1, 1}^(m d) for m measurements of one pattern through Bernoulli noise, up to a constant, with coordinate j of measurement i at i*d + j:
 * <pre>
 *   log p = Q(y_1 + ... + y_m),   Q(u) = log sum_a w_a e^(alpha x_a . u)      score_i = alpha E[x | y_1..y_m]
 * </pre>
 * Every block of coordinates has the same score. Reference: [1] Bach and Saremi (2025). Differs from [1]: nothing.
 */
public final class JointSignsTarget implements Target {

    private final Patterns patterns;
    private final int measurements;

    public JointSignsTarget(Patterns patterns, int measurements) {
        this.patterns = patterns;
        this.measurements = measurements;
    }

    @Override
    public int dimension() { return measurements * patterns.dimension(); }

    @Override
    public Domain domain() { return Domain.SIGNS; }

    /** y_1 + ... + y_m of every particle. */
    public void sum(double[] y, Particles out) {
        int length = out.length();
        Arrays.fill(out.values, 0, length, 0.0);
        for (int i = 0; i < measurements; i++) {
            LaneMath.get().axpy(1, y, i * length, out.values, 0, length);
        }
    }

    @Override
    public void evaluate(Particles y, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        Particles sum = summed(y.values, y, scratch);
        patterns.evaluate(sum, logDensity, score, scratch);
        repeat(score, sum.length());
        scratch.release(mark);
    }

    private Particles summed(double[] values, Particles y, Scratch scratch) {
        Particles sum = new Particles(y.size, patterns.dimension(), scratch.take(patterns.dimension() * y.stride));
        sum(values, sum);
        return sum;
    }

    /** The first block for all. */
    private void repeat(double[] blocks, int length) {
        for (int i = 1; blocks != null && i < measurements; i++) {
            System.arraycopy(blocks, 0, blocks, i * length, length);
        }
    }

    @Override
    public void hessianVector(Particles y, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        Particles sum = summed(y.values, y, scratch);
        Particles direction = summed(v, y, scratch);
        patterns.hessianVector(sum, direction.values, out, scratch);
        repeat(out, sum.length());
        scratch.release(mark);
    }
}
