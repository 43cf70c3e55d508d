package io.driftwood.inference.sample;

import io.driftwood.inference.numeric.Cholesky;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Problem;

/**
 * A first, rough run finds where a target is; the next begins from a normal with its mean and covariance, widened. Given the pilot, what the next run says
 * is unbiased as from any other reference.
 */
final class Pilot {

    private Pilot() {}

    static Problem fitted(Problem problem, int size, double widening, Randomness random) {
        Draws draws = Sampling.sampler("smc").draw(problem, size, 1, random);
        int d = draws.particles().dimension;
        double[] mean = new double[d];
        for (int j = 0; j < d; j++) {
            mean[j] = draws.mean(j);
        }
        double[] covariance = new double[d * d];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    covariance[j * d + k] += draws.weights().normalised[i] * (draws.particles().get(j, i) - mean[j]) * (draws.particles().get(k, i) - mean[k]);
                }
            }
        }
        Cholesky cholesky = new Cholesky();
        if (!cholesky.decompose(covariance, d)) {
            throw new IllegalStateException("the particles of the pilot do not span the space");
        }
        double[] lower = new double[d * d];
        cholesky.lower(lower);
        for (int k = 0; k < lower.length; k++) {
            lower[k] *= widening;
        }
        return new ReferencedProblem(problem, new GaussianTarget(mean, lower));
    }
}
