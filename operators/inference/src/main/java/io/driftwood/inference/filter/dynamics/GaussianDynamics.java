package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/**
 * A state that moves by a function and Gaussian noise: x_t = a(x_{t-1}) + N(0, Q), Q the same for every particle; it may be singular.
 * No static columns.
 */
public interface GaussianDynamics extends StateSpaceModel {

    /** out column j = a_j(x) over the whole stride; x itself where no time has elapsed. {@code out} is not {@code x.values}. */
    void transitionMean(Particles x, Moment moment, double[] out, Scratch scratch);

    /** Q, row-major d x d, every element. */
    void transitionCovariance(Moment moment, double[] covariance);

    @Override
    default void propagate(Particles x, Moment moment, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int d = x.dimension;
        double[] covariance = scratch.take(d * d);
        double[] lower = scratch.take(d * d);
        double[] mean = scratch.take(x.length());
        transitionCovariance(moment, covariance);
        SemidefiniteFactor.lower(covariance, d, lower);
        transitionMean(x, moment, mean, scratch);
        Gaussians.draw(mean, lower, x, random, step, Purpose.NOISE, iteration, scratch);
        scratch.release(mark);
    }

    /** Adds log f(to | from) and its score by {@code to}. -inf everywhere when Q is singular: there is no density. */
    default void addLogTransition(Particles from, Particles to, Moment moment, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        int d = to.dimension;
        double[] covariance = scratch.take(d * d);
        double[] mean = scratch.take(to.length());
        transitionCovariance(moment, covariance);
        transitionMean(from, moment, mean, scratch);
        Gaussians.addLogDensity(to, mean, covariance, logDensity, score, scratch);
        scratch.release(mark);
    }
}
