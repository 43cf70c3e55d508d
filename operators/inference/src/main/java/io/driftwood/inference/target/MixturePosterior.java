package io.driftwood.inference.target;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/** The posterior side of a {@link GaussianMixture}, whose formulas it computes: mean, variances, covariance and draws of X given Y = y. */
final class MixturePosterior {

    private final MixtureComponents components;
    private final MixtureDensity density;

    MixturePosterior(MixtureComponents components, MixtureDensity density) {
        this.components = components;
        this.density = density;
    }

    void posteriorMean(Particles y, double variance, double[] mean, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(components.count * y.stride);
        double[] logDensity = scratch.take(y.stride);
        double[] conditional = scratch.take(y.length());
        density.responsibilities(y, variance, r, logDensity, scratch);
        posteriorMean(y, variance, r, conditional, mean, scratch);
        scratch.release(mark);
    }

    private void posteriorMean(Particles y, double variance, double[] r, double[] conditional, double[] mean, Scratch scratch) {
        Arrays.fill(mean, 0, y.length(), 0.0);
        for (int k = 0; k < components.count; k++) {
            conditionalMean(k, y, variance, conditional, scratch);
            for (int j = 0; j < components.dimension; j++) {
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
        for (int j = 0; j < components.dimension; j++) {
            double lambda = components.eigenvalue(k, j);
            MixtureDensity.scale(lambda / (lambda + variance), axes, j * y.stride, y.stride);
            Arrays.fill(out, j * y.stride, (j + 1) * y.stride, components.mean(k, j));
        }
        components.addFromAxes(k, axes, y.stride, out);
        scratch.release(mark);
    }

    /** The eigenvalues v lambda / (lambda + v) of C_k. */
    private void conditionalSpectrum(int k, double variance, double[] out) {
        for (int j = 0; j < components.dimension; j++) {
            double lambda = components.eigenvalue(k, j);
            out[j] = variance * (lambda / (lambda + variance));
        }
    }

    void posteriorVariances(Particles y, double variance, double[] mean, double[] variances, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(components.count * y.stride);
        double[] logDensity = scratch.take(y.stride);
        double[] conditional = scratch.take(y.length());
        double[] spectrum = scratch.take(components.dimension);
        density.responsibilities(y, variance, r, logDensity, scratch);
        posteriorMean(y, variance, r, conditional, mean, scratch);
        Arrays.fill(variances, 0, y.length(), 0.0);
        for (int k = 0; k < components.count; k++) {
            conditionalMean(k, y, variance, conditional, scratch);
            conditionalSpectrum(k, variance, spectrum);
            for (int j = 0; j < components.dimension; j++) {
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

    void posteriorCovariance(Particles y, int particle, double variance, double[] covariance, Scratch scratch) {
        int mark = scratch.mark();
        int d = components.dimension;
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
        density.responsibilities(one, variance, r, logDensity, scratch);
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

    void posteriorDraw(Particles y, double variance, Particles x, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(components.count * y.stride);
        double[] logDensity = scratch.take(y.stride);
        density.responsibilities(y, variance, r, logDensity, scratch);
        draw(y, variance, r, x, random, step, iteration, scratch);
        scratch.release(mark);
    }

    /** Draws from the components with probabilities r: given y, or from the prior when {@code y} is null. */
    void draw(Particles y, double variance, double[] r, Particles x, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] uniforms = scratch.take(x.stride);
        double[] normals = scratch.take(x.length());
        random.uniforms(step, Purpose.ANCESTOR, iteration, uniforms, 0, x.stride);
        random.normals(step, Purpose.SIMULATE, iteration, normals, 0, x.length());
        for (int i = 0; i < x.size; i++) {
            int k = Softmax.pick(r, components.count, x.stride, i, uniforms[i]);
            for (int j = 0; j < components.dimension; j++) {
                x.values[j * x.stride + i] = components.mean(k, j);
            }
            for (int j = 0; j < components.dimension; j++) {
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
        for (int r = 0; r < components.dimension; r++) {
            sum = Math.fma(components.axis(k, r, j), y.values[r * y.stride + i] - components.mean(k, r), sum);
        }
        return sum;
    }

    private void addAlongAxis(int k, int j, double length, Particles x, int i) {
        for (int r = 0; r < components.dimension; r++) {
            int at = r * x.stride + i;
            x.values[at] = Math.fma(components.axis(k, r, j), length, x.values[at]);
        }
    }
}
