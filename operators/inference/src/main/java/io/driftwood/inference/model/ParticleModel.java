package io.driftwood.inference.model;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A model written for one particle at a time, the easy way: constrained parameters in, log-likelihood of one row out.
 * {@link PerParticle} makes a {@link Model} of it. Implementations are immutable and safe to share between threads; a
 * configuration names the class under {@code model.type}, and it needs a public constructor without parameters or with
 * {@code Settings}.
 *
 * <p>What it costs, measured on a logistic regression of 9 coefficients, in nanoseconds per particle and row, density / density with score:
 * batched {@link Glm} 2.5 / 3.3; this interface with a gradient by hand 60 / 110; {@link DifferentiatedModel} 140 / 480; without a gradient
 * (central differences, 2 d densities) 60 / 1160. Hessian-vector products are central differences of scores, two scores each. It allocates
 * a few small arrays a call.
 */
public interface ParticleModel {

    /** Parameters with their bijectors and priors, in the order of {@code parameters} below. */
    List<Block> parameters();

    /** The numbers an observation must carry, the response first. */
    List<String> fields();

    /** log p(row | parameters), normalising constants included. Not finite where the model says "impossible"; never an exception. */
    double logLikelihood(double[] parameters, double[] row);

    /**
     * Sets gradient[k] to the derivative of {@link #logLikelihood} by parameters[k].
     *
     * @return whether it did; false, the default, has the gradient taken by central differences
     */
    default boolean gradient(double[] parameters, double[] row, double[] gradient) { return false; }

    /** E[response | parameters, covariates row[1..]], for predictions; NaN, the default, when there is none. */
    default double mean(double[] parameters, double[] row) { return Double.NaN; }

    /** Draws a response given parameters and covariates row[1..], for {@code simulate} and calibration. */
    default double simulate(double[] parameters, double[] row, UniformRandomProvider random) {
        throw new UnsupportedOperationException(getClass().getName() + " does not say how to simulate a response");
    }

    /** Draws plausible covariates into row[1..]; models without covariates do nothing. */
    default void simulateCovariates(double[] row, UniformRandomProvider random) {}
}
