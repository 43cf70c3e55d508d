package io.driftwood.inference.model;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;

/**
 * The prior of one block of parameters, pulled back to its unconstrained columns: log p(T(z)) + log|det J(z)|. Columns as in
 * {@link io.driftwood.inference.model.bijector.Bijector}.
 */
public interface BlockPrior {

    boolean isProper();

    /** Adds the log-density to {@code logDensity[0..stride)} and, where not null, its gradient to the block's columns of {@code score}. */
    void addLogDensity(double[] z, int zOffset, int stride, double[] logDensity, double[] score, Scratch scratch);

    /** Adds Hessian times v; v and out are laid out as z. */
    void addHessianVector(double[] z, int zOffset, int stride, double[] v, double[] out, Scratch scratch);

    /**
     * Draws the block's columns for particles [0, n), as z.
     *
     * @param iteration the first random address of the block; it may use as many as it has columns
     */
    void sample(double[] z, int zOffset, int stride, int n, Randomness random, long step, int iteration, Scratch scratch);
}
