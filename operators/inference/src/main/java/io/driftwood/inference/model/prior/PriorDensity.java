package io.driftwood.inference.model.prior;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;

/**
 * The density of one scalar parameter on its own (constrained) scale, for a column of particles at once. Immutable. Normalising
 * constants are kept, because evidence needs them.
 */
public interface PriorDensity {

    /** The open interval on which the density is positive; infinities for the whole line. */
    default double low() { return Double.NEGATIVE_INFINITY; }

    default double high() { return Double.POSITIVE_INFINITY; }

    /** Whether it integrates to 1. An improper density has a constant of 1 and cannot be sampled. */
    default boolean isProper() { return true; }

    /**
     * For i in [0, n) and x = x[offset + i]: adds log p(x) to logDensity[i], and sets first[i] = d/dx log p, second[i] = d2/dx2
     * log p. Each of the three outputs may be null. Outside (low, high) the result is not finite or meaningless: the bijector of
     * the parameter keeps x inside.
     */
    void evaluate(double[] x, int offset, int n, double[] logDensity, double[] first, double[] second, Scratch scratch);

    /**
     * n independent draws into out[offset..), addressed by (step, Purpose.PRIOR, iteration).
     *
     * @throws UnsupportedOperationException when improper
     */
    void sample(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch);

    /** log of n independent draws, for densities on (0, inf): exact also where the draws themselves underflow. */
    default void sampleLog(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        sample(out, offset, n, random, step, iteration, scratch);
        LaneMath.get().log(out, offset, out, offset, n);
    }
}
