package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Weighted patterns x_a in {-1, 1}^d seen through Bernoulli noise: every sign is kept with probability sigma(2 alpha).
 *
 * <pre>
 *   Q(u) = log sum_a w_a e^(alpha x_a . u)      q(y) = e^Q(y) / (2 cosh alpha)^d
 *   grad Q = alpha E[x | y]                     Hess Q = alpha^2 Cov(x | y)
 * </pre>
 * Q is the smooth extension to R^d. Measurements y_1..y_m of one x have the posterior of a single one: E[x | y_1..y_m] is taken at
 * their sum, so {@link #posteriorMean} asks for the sum. Cost O(N n d). Reference: [1] Bach and Saremi (2025).
 */
public final class Patterns implements Target, Problem {

    static final Option[] OPTIONS = {
        Option.required("patterns", Shape.table(), "The patterns, rows of -1 and 1."),
        Option.optional("weights", Shape.listOf(Shape.positive()), "Their weights, to be scaled to sum 1. Absent: equal."),
        Option.withDefault("alpha", Shape.positive(), 1.0, "Precision of the noise: a sign is flipped with probability 1 / (1 + e^(2 alpha))."),
    };

    private final Atoms atoms;
    private final double alpha;

    /**
     * @param patterns pattern a at [a], entries -1 and 1
     * @param weights positive; need not sum to 1
     */
    public Patterns(double[][] patterns, double[] weights, double alpha) {
        if (!Arrays.stream(patterns).flatMapToDouble(Arrays::stream).allMatch(x -> x == 1 || x == -1)) {
            throw new IllegalArgumentException("a pattern's entries are -1 and 1");
        }
        this.atoms = new Atoms(patterns, weights);
        this.alpha = alpha;
    }

    static Patterns build(Settings settings) {
        double[][] rows = GaussianOptions.finite(settings, "patterns");
        try {
            return new Patterns(rows, GaussianOptions.weights(settings, rows.length), settings.number("alpha"));
        } catch (IllegalArgumentException e) {
            throw settings.problem("patterns", e.getMessage());
        }
    }

    @Override
    public Patterns target() { return this; }

    @Override
    public int dimension() { return atoms.points.dimension; }

    @Override
    public Domain domain() { return Domain.SIGNS; }

    @Override
    public void evaluate(Particles y, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] largest = scratch.take(y.stride);
        double[] r = scratch.take(atoms.points.stride);
        double[] parts = scratch.take(2);
        for (int i = 0; i < y.stride; i++) {
            weights(y, i, r, parts);
            largest[i] = parts[0];
            logDensity[i] = parts[1];
            if (score != null) {
                Atoms.mean(atoms.points.values, dimension(), atoms.points.stride, r, score, i, y.stride);
            }
        }
        LaneMath.get().log(logDensity, 0, logDensity, 0, y.stride);
        double constant = -dimension() * logTwiceCosh(alpha);
        for (int i = 0; i < y.stride; i++) {
            logDensity[i] += largest[i] + constant;
        }
        for (int k = 0; score != null && k < y.length(); k++) {
            score[k] *= alpha;
        }
        scratch.release(mark);
    }

    /** r_a = P(x = x_a | y_i). */
    private void weights(Particles y, int i, double[] r, double[] parts) {
        int stride = atoms.points.stride;
        System.arraycopy(atoms.logWeights, 0, r, 0, stride);
        for (int j = 0; j < dimension(); j++) {
            LaneMath.get().axpy(alpha * y.get(j, i), atoms.points.values, j * stride, r, 0, stride);
        }
        Atoms.softmax(r, stride, parts);
    }

    /** E[x | y]; its signs guess x with the fewest wrong ones. */
    public void posteriorMean(Particles y, double[] mean, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(atoms.points.stride);
        double[] parts = scratch.take(2);
        for (int i = 0; i < y.stride; i++) {
            weights(y, i, r, parts);
            Atoms.mean(atoms.points.values, dimension(), atoms.points.stride, r, mean, i, y.stride);
        }
        scratch.release(mark);
    }

    /** Every particle of {@code x} becomes a pattern drawn given the particle of {@code y}. */
    public void posteriorDraw(Particles y, Particles x, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(atoms.points.stride);
        double[] parts = scratch.take(2);
        double[] uniforms = scratch.take(x.stride);
        random.uniforms(step, Purpose.ANCESTOR, iteration, uniforms, 0, x.stride);
        for (int i = 0; i < x.size; i++) {
            weights(y, i, r, parts);
            int a = Softmax.pick(r, atoms.points.size, 1, 0, uniforms[i]);
            for (int j = 0; j < dimension(); j++) {
                x.set(j, i, atoms.points.get(j, a));
            }
        }
        x.pad();
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles y, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(atoms.points.stride);
        double[] parts = scratch.take(2);
        double[] mean = scratch.take(y.length());
        for (int i = 0; i < y.stride; i++) {
            weights(y, i, r, parts);
            Atoms.mean(atoms.points.values, dimension(), atoms.points.stride, r, mean, i, y.stride);
            Atoms.covarianceTimes(atoms.points.values, dimension(), atoms.points.stride, r, mean, i, y.stride, v, out, scratch);
        }
        for (int k = 0; k < y.length(); k++) {
            out[k] *= alpha * alpha;
        }
        scratch.release(mark);
    }

    /** A pattern, and every sign flipped with probability sigma(-2 alpha). */
    @Override
    public Optional<ExactSampler> exactSampler() {
        double[] kept = new double[dimension()];
        Arrays.fill(kept, 1 / (1 + StrictMath.exp(-2 * alpha)));
        return Optional.of((x, random, step, iteration, scratch) -> {
            int mark = scratch.mark();
            double[] uniforms = scratch.take(x.stride);
            random.uniforms(step, Purpose.ANCESTOR, iteration, uniforms, 0, x.stride);
            Signs.draw(x, kept, random, step, iteration);
            for (int i = 0; i < x.size; i++) {
                int a = atoms.pick(uniforms[i]);
                for (int j = 0; j < dimension(); j++) {
                    x.set(j, i, x.get(j, i) * atoms.points.get(j, a));
                }
            }
            x.pad();
            scratch.release(mark);
        });
    }

    /** Summed over {-1, 1}^d. */
    @Override
    public OptionalDouble logNormaliser() { return OptionalDouble.of(0); }

    private static double logTwiceCosh(double a) { return Math.abs(a) + StrictMath.log1p(StrictMath.exp(-2 * Math.abs(a))); }
}
