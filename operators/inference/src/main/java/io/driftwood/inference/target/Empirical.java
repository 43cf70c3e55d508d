package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Weighted atoms with a normal kernel, p = sum_a w_a N(x_a, h^2 I): a kernel density estimate, or with h = 0 the atoms themselves, which have a
 * density only once noise is added. With s = h^2 + v and probabilities r_a ~ w_a e^(-|y - x_a|^2 / 2s) of mean m and covariance R,
 * <pre>
 *   log q_v = log sum_a w_a e^(-|y - x_a|^2 / 2s) - (d/2) log 2 pi s      score = (m - y) / s      H u = R u / s^2 - u / s
 *   E[X|y] = (v m + h^2 y) / s                                            Cov(X|y) = (h^2 v / s) I + (v/s)^2 R
 * </pre>
 * Cost O(N n d). For many atoms only the k nearest to each particle are taken, found exactly by a tree; the log-density is then low by no more
 * than {@link #leftOutBound}, b, and an average over atoms is off by no more than (1 - e^-b) times the diameter of the atoms.
 */
public final class Empirical implements SmoothedPrior, Problem {

    static final Option[] OPTIONS = {
        Option.required("atoms", Shape.table(), "The points, one row for each."),
        Option.optional("weights", Shape.listOf(Shape.positive()), "Their weights, to be scaled to sum 1. Absent: equal."),
        Option.required("bandwidth", Shape.positive(), "Standard deviation of the normal kernel around each point."),
        Option.optional("neighbours", Shape.count(), "How many of the nearest points are taken at each place, for more than some ten thousand. Absent: all."),
    };

    private final Atoms atoms;
    private final double kernelVariance;
    private final int neighbours;
    private final NearestAtoms nearest;

    private Empirical(Atoms atoms, double bandwidth, int neighbours) {
        if (!(bandwidth >= 0 && bandwidth < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a bandwidth must be finite and at least 0, not " + bandwidth);
        }
        this.atoms = atoms;
        this.kernelVariance = bandwidth * bandwidth;
        this.neighbours = neighbours;
        this.nearest = neighbours < atoms.points.size ? new NearestAtoms(atoms.points) : null;
    }

    /** @param rows atom a at [a] */
    public static Empirical of(double[][] rows, double[] weights, double bandwidth) {
        return new Empirical(new Atoms(rows, weights), bandwidth, rows.length);
    }

    /** Taking only the {@code neighbours} nearest atoms at each place. */
    public static Empirical ofNearest(double[][] rows, double[] weights, double bandwidth, int neighbours) {
        return new Empirical(new Atoms(rows, weights), bandwidth, Math.max(1, neighbours));
    }

    static Empirical build(Settings settings) {
        double[][] rows = GaussianOptions.finite(settings, "atoms");
        double[] weights = GaussianOptions.weights(settings, rows.length);
        return ofNearest(rows, weights, settings.number("bandwidth"), settings.has("neighbours") ? settings.count("neighbours") : rows.length);
    }

    @Override
    public int dimension() { return atoms.points.dimension; }

    @Override
    public void evaluate(Particles y, double variance, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double s = kernelVariance + variance;
        double[] largest = scratch.take(y.stride);
        AtomWeights at = weights(y, variance, scratch);
        for (int i = 0; i < y.stride; i++) {
            at.at(i);
            largest[i] = at.parts[0];
            logDensity[i] = at.parts[1];
            if (score != null) {
                Atoms.mean(at.columns, dimension(), at.stride, at.r, score, i, y.stride);
            }
        }
        LaneMath.get().log(logDensity, 0, logDensity, 0, y.stride);
        double constant = -0.5 * dimension() * StrictMath.log(2 * Math.PI * s);
        for (int i = 0; i < y.stride; i++) {
            logDensity[i] += largest[i] + constant;
        }
        for (int k = 0; score != null && k < y.length(); k++) {
            score[k] = (score[k] - y.values[k]) / s;
        }
        scratch.release(mark);
    }

    private AtomWeights weights(Particles y, double variance, Scratch scratch) {
        return new AtomWeights(atoms, nearest, neighbours, y, kernelVariance + variance, scratch);
    }

    /** For every particle, how much larger log q_v over all atoms may be than what {@link #evaluate} gives; 0 when all are taken. */
    public void leftOutBound(Particles y, double variance, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        AtomWeights at = weights(y, variance, scratch);
        for (int i = 0; i < y.stride; i++) {
            at.at(i);
            out[i] = at.leftOutBound();
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles y, double variance, double[] direction, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double s = kernelVariance + variance;
        double[] mean = scratch.take(y.length());
        AtomWeights at = weights(y, variance, scratch);
        for (int i = 0; i < y.stride; i++) {
            at.at(i);
            Atoms.mean(at.columns, dimension(), at.stride, at.r, mean, i, y.stride);
            Atoms.covarianceTimes(at.columns, dimension(), at.stride, at.r, mean, i, y.stride, direction, out, scratch);
        }
        for (int k = 0; k < y.length(); k++) {
            out[k] = out[k] / (s * s) - direction[k] / s;
        }
        scratch.release(mark);
    }

    @Override
    public void posteriorMean(Particles y, double variance, double[] mean, Scratch scratch) {
        int mark = scratch.mark();
        AtomWeights at = weights(y, variance, scratch);
        for (int i = 0; i < y.stride; i++) {
            at.at(i);
            Atoms.mean(at.columns, dimension(), at.stride, at.r, mean, i, y.stride);
        }
        shrink(y, variance, mean);
        scratch.release(mark);
    }

    /** The mean of the atoms becomes that of X. */
    private void shrink(Particles y, double variance, double[] mean) {
        double s = kernelVariance + variance;
        for (int k = 0; k < y.length(); k++) {
            mean[k] = (variance * mean[k] + kernelVariance * y.values[k]) / s;
        }
    }

    @Override
    public void posteriorVariances(Particles y, double variance, double[] mean, double[] variances, Scratch scratch) {
        int mark = scratch.mark();
        double share = variance / (kernelVariance + variance);
        AtomWeights at = weights(y, variance, scratch);
        for (int i = 0; i < y.stride; i++) {
            at.at(i);
            Atoms.mean(at.columns, dimension(), at.stride, at.r, mean, i, y.stride);
            for (int j = 0; j < dimension(); j++) {
                int k = j * y.stride + i;
                double spread = LaneMath.get().weightedSquares(at.r, 0, at.columns, j * at.stride, mean[k], at.stride);
                variances[k] = kernelVariance * share + share * share * spread;
            }
        }
        shrink(y, variance, mean);
        scratch.release(mark);
    }

    @Override
    public void posteriorCovariance(Particles y, int particle, double variance, double[] covariance, Scratch scratch) {
        int mark = scratch.mark();
        int d = dimension();
        double share = variance / (kernelVariance + variance);
        double[] mean = scratch.take(d);
        AtomWeights at = weights(y, variance, scratch);
        at.at(particle);
        Atoms.mean(at.columns, d, at.stride, at.r, mean, 0, 1);
        for (int j = 0; j < d; j++) {
            for (int k = 0; k <= j; k++) {
                double spread = LaneMath.get().weightedProducts(
                        at.r, 0, at.columns, j * at.stride, mean[j], at.columns, k * at.stride, mean[k], at.stride);
                double entry = share * share * spread + (j == k ? kernelVariance * share : 0);
                covariance[j * d + k] = entry;
                covariance[k * d + j] = entry;
            }
        }
        scratch.release(mark);
    }

    @Override
    public void posteriorDraw(Particles y, double variance, Particles x, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double s = kernelVariance + variance;
        double sd = Math.sqrt(kernelVariance * (variance / s));
        double[] uniforms = scratch.take(x.stride);
        random.uniforms(step, Purpose.ANCESTOR, iteration, uniforms, 0, x.stride);
        random.normals(step, Purpose.SIMULATE, iteration, x.values, 0, x.length());
        AtomWeights at = weights(y, variance, scratch);
        for (int i = 0; i < x.size; i++) {
            at.at(i);
            int a = Softmax.pick(at.r, at.count, 1, 0, uniforms[i]);
            for (int j = 0; j < dimension(); j++) {
                double centre = (variance * at.columns[j * at.stride + a] + kernelVariance * y.get(j, i)) / s;
                x.set(j, i, Math.fma(sd, x.get(j, i), centre));
            }
        }
        x.pad();
        scratch.release(mark);
    }

    /** With its density, so with a bandwidth. */
    @Override
    public SmoothedTarget target() { return new SmoothedTarget(this, 0); }

    @Override
    public Optional<Denoiser> denoiser(Randomness random) { return Optional.of(this); }

    /** Normal with the mean of the atoms, and their variances plus that of the kernel; independent coordinates. */
    @Override
    public GaussianTarget reference() {
        double[] weights = Arrays.stream(atoms.logWeights).map(StrictMath::exp).toArray();
        double[] mean = new double[dimension()];
        double[] sd = new double[dimension()];
        Atoms.mean(atoms.points.values, dimension(), atoms.points.stride, weights, mean, 0, 1);
        for (int j = 0; j < dimension(); j++) {
            int stride = atoms.points.stride;
            sd[j] = Math.sqrt(kernelVariance + LaneMath.get().weightedSquares(weights, 0, atoms.points.values, j * stride, mean[j], stride));
        }
        return GaussianTarget.independent(mean, sd);
    }

    @Override
    public Optional<ExactSampler> exactSampler() {
        return Optional.of((x, random, step, iteration, scratch) -> {
            int mark = scratch.mark();
            double[] uniforms = scratch.take(x.stride);
            double bandwidth = Math.sqrt(kernelVariance);
            random.uniforms(step, Purpose.ANCESTOR, iteration, uniforms, 0, x.stride);
            random.normals(step, Purpose.SIMULATE, iteration, x.values, 0, x.length());
            for (int i = 0; i < x.size; i++) {
                int a = atoms.pick(uniforms[i]);
                for (int j = 0; j < dimension(); j++) {
                    x.set(j, i, Math.fma(bandwidth, x.get(j, i), atoms.points.get(j, a)));
                }
            }
            x.pad();
            scratch.release(mark);
        });
    }

    /** Of all atoms. */
    @Override
    public OptionalDouble logNormaliser() { return OptionalDouble.of(0); }
}
