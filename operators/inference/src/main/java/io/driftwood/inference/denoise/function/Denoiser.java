package io.driftwood.inference.denoise.function;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * What is known of X ~ p seen through noise, Y = X + sqrt(v) Z: at least the mean E[X|y]. All sampling by denoising stands on it, because by Tweedie's
 * identity it is the score, grad log q_v(y) = (E[X|y] - y)/v. A fitted function knows no more; a prior in closed form knows its density and draws as well.
 *
 * <p>Shapes: {@code y} holds N particles as columns; log-densities have length stride; scores and means d*stride, laid out as {@code y.values}. Whole strides
 * are overwritten. Reference: [1] Saremi and Hyvarinen (2019), JMLR 20, 1-23.
 */
public interface Denoiser {

    int dimension();

    /** E[X | y], for v &gt; 0. */
    void posteriorMean(Particles y, double variance, double[] mean, Scratch scratch);

    /** Whether {@link #evaluate} gives log q_v. */
    default boolean hasDensity() { return false; }

    /** Whether {@link #posteriorDraw} draws. */
    default boolean draws() { return false; }

    /** The smallest noise scale at which this may be asked. */
    default double leastNoise() { return 0; }

    /** The largest. */
    default double largestNoise() { return Double.POSITIVE_INFINITY; }

    /** Why its means are not those of the law that is asked for, in one sentence; empty where they are. */
    default String bias() { return ""; }

    /** log q_v(y), or 0 where it is not known, and its score unless {@code score} is null. */
    default void evaluate(Particles y, double variance, double[] logDensity, double[] score, Scratch scratch) {
        Arrays.fill(logDensity, 0, y.stride, 0.0);
        if (score != null) {
            posteriorMean(y, variance, score, scratch);
            LaneMath.get().axpby(-1 / variance, y.values, 0, 1 / variance, score, 0, y.length());
        }
    }

    /** The Hessian of log q_v at y times {@code direction}: by differences of the mean, as long as nothing better is known; symmetric only as far as the mean is exact. */
    default void hessianVector(Particles y, double variance, double[] direction, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        double[] below = scratch.take(y.length());
        Particles moved = new Particles(y.size, y.dimension, scratch.take(y.length()));
        double step = 1e-4 * Math.sqrt(variance);
        moved.copyFrom(y);
        math.axpy(-step, direction, 0, moved.values, 0, y.length());
        posteriorMean(moved, variance, below, scratch);
        math.axpy(2 * step, direction, 0, moved.values, 0, y.length());
        posteriorMean(moved, variance, out, scratch);
        // (dE[X|y]/dy - I) u / v
        double scale = 1 / (2 * step * variance);
        math.axpby(-scale, below, 0, scale, out, 0, y.length());
        math.axpy(-1 / variance, direction, 0, out, 0, y.length());
        scratch.release(mark);
    }

    /**
     * Every particle of {@code x} becomes a draw of X given the particle of {@code y}.
     *
     * @throws UnsupportedOperationException where {@link #draws} is false
     */
    default void posteriorDraw(Particles y, double variance, Particles x, Randomness random, long step, int iteration, Scratch scratch) {
        throw new UnsupportedOperationException("only the mean of x given y is known, and not its law");
    }
}
