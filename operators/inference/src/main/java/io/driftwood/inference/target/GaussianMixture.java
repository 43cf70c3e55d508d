package io.driftwood.inference.target;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
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

    private GaussianMixture(double[] weights, MixtureComponents components) {
        this.weights = normalised(weights, components.count);
        this.components = components;
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
        int mark = scratch.mark();
        double[] r = scratch.take(components.count * y.stride);
        responsibilities(y, variance, r, logDensity, scratch);
        if (score != null) {
            score(y, variance, r, score, scratch);
        }
        scratch.release(mark);
    }

    /** r_k of every particle at [k*stride + i], with log q_v. */
    public void responsibilities(Particles y, double variance, double[] r, double[] logDensity, Scratch scratch) {
        int mark = scratch.mark();
        double[] centred = scratch.take(y.length());
        double[] axes = scratch.take(y.length());
        for (int k = 0; k < components.count; k++) {
            components.toAxes(k, y, centred, axes);
            double constant = StrictMath.log(weights[k]);
            int column = k * y.stride;
            Arrays.fill(r, column, column + y.stride, 0.0);
            for (int j = 0; j < dimension(); j++) {
                double total = components.eigenvalue(k, j) + variance;
                constant -= 0.5 * StrictMath.log(2 * Math.PI * total);
                addScaledSquares(-0.5 / total, axes, j * y.stride, r, column, y.stride);
            }
            for (int i = 0; i < y.stride; i++) {
                r[column + i] += constant;
            }
        }
        Softmax.columns(r, components.count, y.stride, logDensity, scratch);
        scratch.release(mark);
    }

    private static void addScaledSquares(double factor, double[] a, int offset, double[] out, int outOffset, int n) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = Math.fma(factor * a[offset + i], a[offset + i], out[outOffset + i]);
        }
    }

    private void score(Particles y, double variance, double[] r, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] centred = scratch.take(y.length());
        double[] axes = scratch.take(y.length());
        Arrays.fill(score, 0, y.length(), 0.0);
        for (int k = 0; k < components.count; k++) {
            components.toAxes(k, y, centred, axes);
            for (int j = 0; j < dimension(); j++) {
                weigh(-1 / (components.eigenvalue(k, j) + variance), r, k, axes, j, y.stride);
            }
            components.addFromAxes(k, axes, y.stride, score);
        }
        scratch.release(mark);
    }

    /** Column j of {@code axes} times gain times r_k. */
    private static void weigh(double gain, double[] r, int k, double[] axes, int j, int stride) {
        for (int i = 0; i < stride; i++) {
            axes[j * stride + i] *= gain * r[k * stride + i];
        }
    }

    @Override
    public void hessianVector(Particles y, double variance, double[] direction, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(components.count * y.stride);
        double[] logDensity = scratch.take(y.stride);
        double[] score = scratch.take(y.length());
        double[] axes = scratch.take(y.length());
        double[] along = scratch.take(y.length());
        double[] deviation = scratch.take(y.length());
        responsibilities(y, variance, r, logDensity, scratch);
        score(y, variance, r, score, scratch);
        Arrays.fill(out, 0, y.length(), 0.0);
        for (int k = 0; k < components.count; k++) {
            // r_k (g_k - score) ((g_k - score) . u)
            gradient(k, y, variance, axes, along, deviation);
            LaneMath.get().axpy(-1, score, 0, deviation, 0, y.length());
            addOuter(r, k, deviation, direction, out, y, scratch);
            // - r_k (S_k + v I)^-1 u
            if (components.rotated()) {
                components.directionToAxes(k, direction, y.stride, along);
            } else {
                System.arraycopy(direction, 0, along, 0, y.length());
            }
            for (int j = 0; j < dimension(); j++) {
                weigh(-1 / (components.eigenvalue(k, j) + variance), r, k, along, j, y.stride);
            }
            components.addFromAxes(k, along, y.stride, out);
        }
        scratch.release(mark);
    }

    /** g_k into {@code out}. */
    private void gradient(int k, Particles y, double variance, double[] axes, double[] spare, double[] out) {
        components.toAxes(k, y, spare, axes);
        for (int j = 0; j < dimension(); j++) {
            scale(-1 / (components.eigenvalue(k, j) + variance), axes, j * y.stride, y.stride);
        }
        Arrays.fill(out, 0, y.length(), 0.0);
        components.addFromAxes(k, axes, y.stride, out);
    }

    private static void scale(double factor, double[] a, int offset, int n) {
        for (int i = 0; i < n; i++) {
            a[offset + i] *= factor;
        }
    }

    /** out += r_k a (a . u) for every lane. */
    private void addOuter(double[] r, int k, double[] a, double[] u, double[] out, Particles y, Scratch scratch) {
        int mark = scratch.mark();
        double[] product = scratch.take(y.stride);
        Arrays.fill(product, 0, y.stride, 0.0);
        for (int j = 0; j < dimension(); j++) {
            LaneMath.get().multiplyAdd(a, j * y.stride, u, j * y.stride, product, 0, y.stride);
        }
        for (int i = 0; i < y.stride; i++) {
            product[i] *= r[k * y.stride + i];
        }
        for (int j = 0; j < dimension(); j++) {
            LaneMath.get().multiplyAdd(a, j * y.stride, product, 0, out, j * y.stride, y.stride);
        }
        scratch.release(mark);
    }

    @Override
    public void posteriorMean(Particles y, double variance, double[] mean, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(components.count * y.stride);
        double[] logDensity = scratch.take(y.stride);
        double[] conditional = scratch.take(y.length());
        responsibilities(y, variance, r, logDensity, scratch);
        posteriorMean(y, variance, r, conditional, mean, scratch);
        scratch.release(mark);
    }

    private void posteriorMean(Particles y, double variance, double[] r, double[] conditional, double[] mean, Scratch scratch) {
        Arrays.fill(mean, 0, y.length(), 0.0);
        for (int k = 0; k < components.count; k++) {
            conditionalMean(k, y, variance, conditional, scratch);
            for (int j = 0; j < dimension(); j++) {
                LaneMath.get().multiplyAdd(conditional, j * y.stride, r, k * y.stride, mean, j * y.stride, y.stride);
            }
        }
    }

    /** c_k into {@code out}. */
    private void conditionalMean(int k, Particles y, double variance, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] centred = scratch.take(y.length());
        double[] axes = scratch.take(y.length());
        components.toAxes(k, y, centred, axes);
        for (int j = 0; j < dimension(); j++) {
            double lambda = components.eigenvalue(k, j);
            scale(lambda / (lambda + variance), axes, j * y.stride, y.stride);
            Arrays.fill(out, j * y.stride, (j + 1) * y.stride, components.mean(k, j));
        }
        components.addFromAxes(k, axes, y.stride, out);
        scratch.release(mark);
    }

    /** The eigenvalues v lambda / (lambda + v) of C_k. */
    private void conditionalSpectrum(int k, double variance, double[] out) {
        for (int j = 0; j < dimension(); j++) {
            double lambda = components.eigenvalue(k, j);
            out[j] = variance * (lambda / (lambda + variance));
        }
    }

    @Override
    public void posteriorVariances(Particles y, double variance, double[] mean, double[] variances, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(components.count * y.stride);
        double[] logDensity = scratch.take(y.stride);
        double[] conditional = scratch.take(y.length());
        double[] spectrum = scratch.take(dimension());
        responsibilities(y, variance, r, logDensity, scratch);
        posteriorMean(y, variance, r, conditional, mean, scratch);
        Arrays.fill(variances, 0, y.length(), 0.0);
        for (int k = 0; k < components.count; k++) {
            conditionalMean(k, y, variance, conditional, scratch);
            conditionalSpectrum(k, variance, spectrum);
            for (int j = 0; j < dimension(); j++) {
                double within = components.covariance(k, j, j, spectrum);
                for (int i = 0; i < y.stride; i++) {
                    int at = j * y.stride + i;
                    double between = conditional[at] - mean[at];
                    variances[at] = Math.fma(r[k * y.stride + i], Math.fma(between, between, within), variances[at]);
                }
            }
        }
        scratch.release(mark);
    }

    @Override
    public void posteriorCovariance(Particles y, int particle, double variance, double[] covariance, Scratch scratch) {
        int mark = scratch.mark();
        int d = dimension();
        Particles one = new Particles(1, d, scratch.take(d * Particles.strideOf(1)));
        for (int j = 0; j < d; j++) {
            one.set(j, 0, y.get(j, particle));
        }
        one.pad();
        double[] r = scratch.take(components.count * one.stride);
        double[] logDensity = scratch.take(one.stride);
        double[] mean = scratch.take(one.length());
        double[] conditional = scratch.take(one.length());
        double[] spectrum = scratch.take(d);
        responsibilities(one, variance, r, logDensity, scratch);
        posteriorMean(one, variance, r, conditional, mean, scratch);
        Arrays.fill(covariance, 0, d * d, 0.0);
        for (int k = 0; k < components.count; k++) {
            conditionalMean(k, one, variance, conditional, scratch);
            conditionalSpectrum(k, variance, spectrum);
            for (int a = 0; a < d; a++) {
                double deviation = conditional[a * one.stride] - mean[a * one.stride];
                for (int b = 0; b < d; b++) {
                    double other = conditional[b * one.stride] - mean[b * one.stride];
                    double each = Math.fma(deviation, other, components.covariance(k, a, b, spectrum));
                    covariance[a * d + b] = Math.fma(r[k * one.stride], each, covariance[a * d + b]);
                }
            }
        }
        scratch.release(mark);
    }

    @Override
    public void posteriorDraw(Particles y, double variance, Particles x, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(components.count * y.stride);
        double[] logDensity = scratch.take(y.stride);
        responsibilities(y, variance, r, logDensity, scratch);
        draw(y, variance, r, x, random, step, iteration, scratch);
        scratch.release(mark);
    }

    /** Draws from the components with probabilities r: given y, or from the prior when {@code y} is null. */
    private void draw(Particles y, double variance, double[] r, Particles x, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] uniforms = scratch.take(x.stride);
        double[] normals = scratch.take(x.length());
        random.uniforms(step, Purpose.ANCESTOR, iteration, uniforms, 0, x.stride);
        random.normals(step, Purpose.SIMULATE, iteration, normals, 0, x.length());
        for (int i = 0; i < x.size; i++) {
            int k = Softmax.pick(r, components.count, x.stride, i, uniforms[i]);
            for (int j = 0; j < dimension(); j++) {
                x.values[j * x.stride + i] = components.mean(k, j);
            }
            for (int j = 0; j < dimension(); j++) {
                double lambda = components.eigenvalue(k, j);
                double shrink = y == null ? 0 : lambda / (lambda + variance);
                double sd = Math.sqrt(y == null ? lambda : variance * shrink);
                double along = y == null ? 0 : shrink * alongAxis(k, j, y, i);
                addAlongAxis(k, j, Math.fma(sd, normals[j * x.stride + i], along), x, i);
            }
        }
        x.pad();
        scratch.release(mark);
    }

    private double alongAxis(int k, int j, Particles y, int i) {
        double sum = 0;
        for (int r = 0; r < dimension(); r++) {
            sum = Math.fma(components.axis(k, r, j), y.values[r * y.stride + i] - components.mean(k, r), sum);
        }
        return sum;
    }

    private void addAlongAxis(int k, int j, double length, Particles x, int i) {
        for (int r = 0; r < dimension(); r++) {
            int at = r * x.stride + i;
            x.values[at] = Math.fma(components.axis(k, r, j), length, x.values[at]);
        }
    }

    @Override
    public SmoothedTarget target() { return new SmoothedTarget(this, 0); }

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
            draw(null, 0, r, x, random, step, iteration, scratch);
            scratch.release(mark);
        });
    }

    @Override
    public OptionalDouble logNormaliser() { return OptionalDouble.of(0); }
}
