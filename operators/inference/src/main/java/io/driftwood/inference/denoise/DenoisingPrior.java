package io.driftwood.inference.denoise;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;

/**
 * A law of x that is conditioned in closed form on any factor f(x) = e^(-sum_j Lambda_j (x_j - c_j)^2 / 2), whose precisions may differ and be 0. Immutable.
 */
public interface DenoisingPrior {

    int dimension();

    /** Components, or atoms. */
    int modes();

    /** A whole number that tells this law from others, to one in 2^52; the same wherever the law is built from the same numbers. */
    double fingerprint();

    /**
     * Conditions on f, mode by mode.
     *
     * @param modes probability of every mode given f, overwritten
     * @param means E[x_j | f, mode k] at [k*d + j], overwritten
     * @param variances Var(x_j | f, mode k) likewise; each mode is normal
     * @return log of the integral of the prior times f
     */
    double components(double[] precision, double[] centre, double[] modes, double[] means, double[] variances, Scratch scratch);

    /**
     * Conditions on f.
     *
     * @param modes probability of every mode given f, overwritten
     * @param mean E[x | f], overwritten
     * @param variances Var(x_j | f), overwritten
     * @return log of the integral of the prior times f
     */
    default double condition(double[] precision, double[] centre, double[] modes, double[] mean, double[] variances, Scratch scratch) {
        int mark = scratch.mark();
        double[] means = scratch.take(modes() * dimension());
        double[] within = scratch.take(modes() * dimension());
        double logMass = components(precision, centre, modes, means, within, scratch);
        Modes.moments(modes, modes(), dimension(), means, within, mean, variances);
        scratch.release(mark);
        return logMass;
    }

    /** Cov(x | f), row-major d x d. */
    void covariance(double[] precision, double[] centre, double[] covariance, Scratch scratch);

    /** Every particle becomes a draw of x given f, by the random numbers of the purposes ANCESTOR and SIMULATE. */
    void draw(double[] precision, double[] centre, Particles x, Randomness random, long step, int iteration, Scratch scratch);

    /** A mixture, at the least cost its covariances allow. */
    static DenoisingPrior of(GaussianMixture mixture) {
        for (int k = 0; k < mixture.componentCount(); k++) {
            double[] covariance = mixture.covariance(k);
            for (int j = 0; j < covariance.length; j++) {
                if (j % (mixture.dimension() + 1) != 0 && covariance[j] != 0) {
                    return new FullPrior(mixture);
                }
            }
        }
        return DiagonalPrior.of(mixture);
    }
}
