package io.driftwood.inference.target;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * p = sum_k w_k N(mu_k, S_k), with everything about X ~ p and Y = X + sqrt(v) Z in closed form.
 *
 * <pre>
 *   a_k = log w_k + log N(y | mu_k, S_k + v I)      log q_v = log sum_k e^a_k      r_k = e^(a_k - log q_v)
 *   g_k = (S_k + v I)^-1 (mu_k - y)                 score = sum_k r_k g_k
 *   H u = sum_k r_k [(g_k - score) (g_k - score)^T - (S_k + v I)^-1] u
 *   c_k = mu_k + S_k (S_k + v I)^-1 (y - mu_k)      C_k = v S_k (S_k + v I)^-1
 *   E[X|y] = sum_k r_k c_k                          Cov(X|y) = sum_k r_k [C_k + (c_k - E)(c_k - E)^T]
 * </pre>
 * Cost O(N K d) for diagonal covariances, O(N K d^2) for full ones, at any v.
 */
public final class GaussianMixture implements SmoothedPrior, Problem {

    private final double[] weights;
    private final MixtureComponents components;
    private final MixtureDensity density;
    private final MixturePosterior posterior;

    private GaussianMixture(double[] weights, MixtureComponents components) {
        this.weights = normalised(weights, components.count);
        this.components = components;
        this.density = new MixtureDensity(this.weights, components);
        this.posterior = new MixturePosterior(components, density);
    }

    /**
     * @param weights one for each component, positive; need not sum to 1
     * @param means mu_k at [k]
     * @param sds the standard deviations of component k along the coordinates at [k]
     */
    public static GaussianMixture diagonal(double[] weights, double[][] means, double[][] sds) {
        double[][] variances = new double[sds.length][];
        for (int k = 0; k < sds.length; k++) {
            variances[k] = Arrays.stream(sds[k]).map(sd -> sd * sd).toArray();
        }
        return new GaussianMixture(weights, MixtureComponents.diagonal(means, variances));
    }

    public static GaussianMixture isotropic(double[] weights, double[][] means, double sd) {
        double[][] sds = new double[means.length][means[0].length];
        for (double[] row : sds) {
            Arrays.fill(row, sd);
        }
        return diagonal(weights, means, sds);
    }

    /** @param covariances row-major d x d, one for each component */
    public static GaussianMixture full(double[] weights, double[][] means, double[][] covariances) {
        return new GaussianMixture(weights, MixtureComponents.full(means, covariances));
    }

    private static double[] normalised(double[] weights, int count) {
        double sum = Arrays.stream(weights).sum();
        if (weights.length != count || !(sum < Double.POSITIVE_INFINITY) || Arrays.stream(weights).anyMatch(w -> !(w > 0))) {
            throw new IllegalArgumentException("needs one positive weight for each of " + count + " components");
        }
        return Arrays.stream(weights).map(w -> w / sum).toArray();
    }

    @Override
    public int dimension() { return components.dimension; }

    public int componentCount() { return components.count; }

    /** Normalised. */
    public double[] weights() { return weights.clone(); }

    public double[] mean(int component) {
        return Arrays.copyOfRange(components.means, component * dimension(), (component + 1) * dimension());
    }

    /** S_k, row-major d x d. */
    public double[] covariance(int component) {
        int d = dimension();
        double[] spectrum = Arrays.copyOfRange(components.spectra, component * d, (component + 1) * d);
        double[] out = new double[d * d];
        for (int r = 0; r < d; r++) {
            for (int c = 0; c < d; c++) {
                out[r * d + c] = components.covariance(component, r, c, spectrum);
            }
        }
        return out;
    }

    @Override
    public void evaluate(Particles y, double variance, double[] logDensity, double[] score, Scratch scratch) {
        density.evaluate(y, variance, logDensity, score, scratch);
    }

    /** r_k of every particle at [k*stride + i], with log q_v. */
    public void responsibilities(Particles y, double variance, double[] r, double[] logDensity, Scratch scratch) {
        density.responsibilities(y, variance, r, logDensity, scratch);
    }

    @Override
    public void hessianVector(Particles y, double variance, double[] direction, double[] out, Scratch scratch) {
        density.hessianVector(y, variance, direction, out, scratch);
    }

    @Override
    public void posteriorMean(Particles y, double variance, double[] mean, Scratch scratch) {
        posterior.posteriorMean(y, variance, mean, scratch);
    }

    @Override
    public void posteriorVariances(Particles y, double variance, double[] mean, double[] variances, Scratch scratch) {
        posterior.posteriorVariances(y, variance, mean, variances, scratch);
    }

    @Override
    public void posteriorCovariance(Particles y, int particle, double variance, double[] covariance, Scratch scratch) {
        posterior.posteriorCovariance(y, particle, variance, covariance, scratch);
    }

    @Override
    public void posteriorDraw(Particles y, double variance, Particles x, Randomness random, long step, int iteration, Scratch scratch) {
        posterior.posteriorDraw(y, variance, x, random, step, iteration, scratch);
    }

    @Override
    public SmoothedTarget target() { return new SmoothedTarget(this, 0); }

    @Override
    public Optional<Denoiser> denoiser(Randomness random) { return Optional.of(this); }

    /** Normal with the mixture's mean and covariance. */
    @Override
    public GaussianTarget reference() {
        int d = dimension();
        double[] mean = new double[d];
        double[] covariance = new double[d * d];
        for (int k = 0; k < components.count; k++) {
            for (int j = 0; j < d; j++) {
                mean[j] += weights[k] * components.mean(k, j);
            }
        }
        for (int k = 0; k < components.count; k++) {
            double[] own = covariance(k);
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    covariance[a * d + b] += weights[k]
                            * (own[a * d + b] + (components.mean(k, a) - mean[a]) * (components.mean(k, b) - mean[b]));
                }
            }
        }
        return GaussianTarget.of(mean, covariance);
    }

    @Override
    public Optional<ExactSampler> exactSampler() {
        return Optional.of((x, random, step, iteration, scratch) -> {
            int mark = scratch.mark();
            double[] r = scratch.take(components.count * x.stride);
            for (int k = 0; k < components.count; k++) {
                Arrays.fill(r, k * x.stride, (k + 1) * x.stride, weights[k]);
            }
            posterior.draw(null, 0, r, x, random, step, iteration, scratch);
            scratch.release(mark);
        });
    }

    @Override
    public OptionalDouble logNormaliser() { return OptionalDouble.of(0); }
}
