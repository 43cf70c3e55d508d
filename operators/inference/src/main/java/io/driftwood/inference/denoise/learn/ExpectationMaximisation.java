package io.driftwood.inference.denoise.learn;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;

/**
 * Maximum likelihood for a mixture of K normals by expectation-maximisation:
 * <pre>
 *   E   r_ik = pi_k N(x_i | mu_k, Sigma_k) / sum_l pi_l N(x_i | mu_l, Sigma_l)      M   the parameters of MixtureStatistics
 * </pre>
 * The log-likelihood never falls, but for restarts. Finds a local maximum. Cost O(n K d^2) an iteration.
 *
 * <p>A component that is empty, or has fallen on so few rows that an eigenvalue of its covariance is on the floor, is put on a row drawn at random,
 * with the covariance of all rows and weight 1/K, and the ascent begins anew; after the last restart the floor alone holds it.
 *
 * <p>Reference: [1] Dempster, Laird and Rubin (1977), JRSS B 39, 1-38. Differs from [1]: floor and restarts.
 *
 * @param tolerance the ascent ends when an iteration gains less than this for each row
 */
public record ExpectationMaximisation(Covariances covariances, int iterations, double tolerance, int restarts) {

    /** An ascent of 1000 iterations at most, and ten restarts. */
    public static ExpectationMaximisation of(Covariances covariances) { return new ExpectationMaximisation(covariances, 1000, 1e-12, 10); }

    /**
     * @param logLikelihoods before each iteration since the last restart, and last of the result
     * @param converged whether the last iteration gained less than the tolerance
     */
    public record Fit(GaussianMixture mixture, double[] logLikelihoods, boolean converged, int restarts) {

        public double logLikelihood() { return logLikelihoods[logLikelihoods.length - 1]; }
    }

    /** K components on rows drawn one after the other with probability proportional to the squared distance from those before (Arthur and Vassilvitskii 2007). */
    public Fit fit(Particles rows, int components, Randomness random) { return fit(rows, Seeding.of(rows, components, covariances, random), random); }

    /** @param start components of full covariance, or diagonal for {@link Covariances#DIAGONAL} */
    public Fit fit(Particles rows, GaussianMixture start, Randomness random) {
        if (rows.dimension != start.dimension()) {
            throw new IllegalArgumentException("the start has " + start.dimension() + " dimensions, the rows " + rows.dimension);
        }
        Scratch scratch = new Scratch();
        MixtureStatistics statistics = new MixtureStatistics(start.componentCount(), Seeding.mean(rows));
        double[] trace = new double[iterations + 1];
        GaussianMixture mixture = start;
        int restarted = 0;
        trace[0] = expect(mixture, rows, statistics, scratch);
        int length = 1;
        boolean converged = false;
        while (length <= iterations && !converged) {
            MixtureStatistics.Maximum maximum = statistics.maximise(mixture, covariances);
            mixture = maximum.mixture();
            if (maximum.collapsed() >= 0 && restarted < restarts) {
                mixture = reseeded(mixture, maximum.collapsed(), rows, statistics, random.uniform(0, Purpose.START, ++restarted));
                length = 0;
            }
            trace[length] = expect(mixture, rows, statistics, scratch);
            converged = length > 0 && trace[length] - trace[length - 1] < tolerance * rows.size;
            length++;
        }
        return new Fit(mixture, Arrays.copyOf(trace, length), converged, restarted);
    }

    /** The statistics of the rows, and their log-likelihood. */
    private static double expect(GaussianMixture mixture, Particles rows, MixtureStatistics statistics, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(mixture.componentCount() * rows.stride);
        double[] logDensity = scratch.take(rows.stride);
        mixture.responsibilities(rows, 0, r, logDensity, scratch);
        statistics.clear();
        statistics.add(rows, r, 1);
        double sum = LaneMath.get().sum(logDensity, 0, rows.size);
        scratch.release(mark);
        return sum;
    }

    private GaussianMixture reseeded(GaussianMixture mixture, int collapsed, Particles rows, MixtureStatistics statistics, double uniform) {
        int count = mixture.componentCount();
        double[] weights = mixture.weights();
        double[][] means = new double[count][];
        double[][] spreads = new double[count][];
        for (int k = 0; k < count; k++) {
            means[k] = mixture.mean(k);
            spreads[k] = mixture.covariance(k);
        }
        weights[collapsed] = 1.0 / count;
        means[collapsed] = Seeding.row(rows, (int) (uniform * rows.size));
        if (covariances == Covariances.FULL || covariances == Covariances.DIAGONAL) {
            spreads[collapsed] = statistics.totalCovariance();
        }
        return MixtureStatistics.mixture(weights, means, spreads, covariances);
    }
}
