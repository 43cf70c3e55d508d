package io.driftwood.inference.model;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.List;

/**
 * What a user's problem is: parameters, prior, likelihood of one data row, all on the unconstrained scale and for a whole
 * population at once. Immutable and safe to share between threads.
 *
 * <p>Shapes: {@code theta} holds N particles as columns; {@code logDensity} has length stride; {@code score} has length
 * d*stride, laid out as {@code theta.values}, or is null when not wanted. All methods ADD to what is there, over the whole
 * stride. A non-finite log-density is data, not an error: write it and go on. Normalising constants are always kept, because evidence needs them.
 */
public interface Model extends Predictor {

    ParameterSpace parameters();

    /** The numbers an observation must carry, by name, in the order of {@code Observation.values}; the response first. */
    List<String> fields();

    /** Numbers in one encoded row. */
    int rowWidth();

    /** Turns an observation's values into a data row (standardises, prepends an intercept, ...). NaN marks a missing value and must come out as NaN somewhere in the row. */
    void encode(double[] values, double[] row);

    /** Draws every particle from the prior. Throws {@link UnsupportedOperationException} when the prior is improper. */
    void samplePrior(Particles theta, Randomness random, long step, Scratch scratch);

    /** Adds log p(theta) including the log-Jacobian of the bijectors, and its score. */
    void addLogPrior(Particles theta, double[] logDensity, double[] score, Scratch scratch);

    /**
     * Adds sum_{r in [from, to)} rows.weights[r] * log p(row_r | theta), and its score. Rows with weight 0 may be skipped.
     */
    void addLogLikelihood(Particles theta, Rows rows, int from, int to, double[] logDensity, double[] score, Scratch scratch);

    /** Adds H v for every particle, H the Hessian of the log-prior at theta; v and out have the layout of theta. */
    void addPriorHessianVector(Particles theta, double[] v, double[] out, Scratch scratch);

    /** Adds H v for every particle, H the Hessian of the weighted log-likelihood of rows [from, to). */
    void addLikelihoodHessianVector(Particles theta, double[] v, Rows rows, int from, int to, double[] out, Scratch scratch);

    /**
     * Whether prior times the likelihood of these rows can be normalised. Always true for a proper prior. Under an improper one, true
     * may also mean "perhaps": observations are kept until a mode with a negative definite Hessian has been found besides.
     */
    default boolean isProper(Rows rows) { return true; }

    /** Whether the prior alone can be normalised. */
    default boolean hasProperPrior() { return true; }

    /** Draws a response for given covariates and particle, for {@code simulate} and calibration; values[0] is overwritten. */
    void simulate(Particles theta, int particle, double[] values, Randomness random, long step, int iteration);

    /** Draws plausible covariates into values[1..] for {@code simulate} and calibration suites; models without covariates do nothing. */
    default void simulateCovariates(double[] values, Randomness random, long step) {}
}
