package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A log-quadratic law on signs: log p(y) = b . y + (1/2) y^T J y, J symmetric with zero diagonal; without J a product of independent signs.
 * The extension to R^d is the same polynomial, with score b + J y and Hessian J.
 *
 * <p>Normaliser and exact draws: closed form for a product; by summing over all points up to 16 coordinates; unknown beyond.
 */
final class Ising implements Target {

    static final Option[] PRODUCT = {
        Option.required("fields", Shape.listOf(Shape.number()), "b, one number for each coordinate; the odds of +1 are e^(2b)."),
    };

    static final Option[] OPTIONS = {
        Option.optional("couplings", Shape.table(), "J, symmetric with zero diagonal. Absent: the neighbours of a square lattice."),
        Option.withDefault("rows", Shape.integer(1, 1000), 3L, "Rows of the lattice."),
        Option.withDefault("columns", Shape.integer(1, 1000), 3L, "Columns of the lattice."),
        Option.withDefault("coupling", Shape.number(), 0.3, "Entry of J for neighbours on the lattice, which has open edges."),
        Option.withDefault("field", Shape.number(), 0.0, "b, the same for all coordinates."),
    };

    private final double[] fields;
    /** J row-major d x d; null for a product. */
    private final double[] couplings;

    private Ising(double[] fields, double[] couplings) {
        this.fields = fields;
        this.couplings = couplings;
    }

    static Problem product(Settings settings) {
        double[] fields = settings.numbers("fields");
        if (fields.length == 0) {
            throw settings.problem("fields", "needs at least one number");
        }
        return new Product(new Ising(fields, null));
    }

    static Problem build(Settings settings) {
        double[] couplings = settings.has("couplings") ? given(settings) : lattice(settings);
        double[] fields = new double[(int) Math.round(Math.sqrt(couplings.length))];
        Arrays.fill(fields, settings.number("field"));
        return new Enumerated(new Ising(fields, couplings));
    }

    private static double[] given(Settings settings) {
        int d = settings.table("couplings").width();
        try {
            double[] couplings = GaussianOptions.square(settings.table("couplings"), d);
            for (int j = 0; j < d; j++) {
                if (couplings[j * d + j] != 0) {
                    throw new IllegalArgumentException("has " + couplings[j * d + j] + " on its diagonal, where 0 belongs");
                }
            }
            return couplings;
        } catch (IllegalArgumentException e) {
            throw settings.problem("couplings", e.getMessage());
        }
    }

    private static double[] lattice(Settings settings) {
        int rows = settings.count("rows");
        int columns = settings.count("columns");
        double coupling = settings.number("coupling");
        int d = rows * columns;
        double[] couplings = new double[d * d];
        for (int a = 0; a < d; a++) {
            if (a % columns + 1 < columns) {
                couplings[a * d + a + 1] = coupling;
                couplings[(a + 1) * d + a] = coupling;
            }
            if (a + columns < d) {
                couplings[a * d + a + columns] = coupling;
                couplings[(a + columns) * d + a] = coupling;
            }
        }
        return couplings;
    }

    private record Product(Ising target) implements Problem {

        /** sum_j log 2 cosh b_j. */
        @Override
        public OptionalDouble logNormaliser() {
            return OptionalDouble.of(Arrays.stream(target.fields).map(b -> Math.abs(b) + StrictMath.log1p(StrictMath.exp(-2 * Math.abs(b)))).sum());
        }

        @Override
        public Optional<ExactSampler> exactSampler() {
            double[] up = Arrays.stream(target.fields).map(b -> 1 / (1 + StrictMath.exp(-2 * b))).toArray();
            return Optional.of((x, random, step, iteration, scratch) -> Signs.draw(x, up, random, step, iteration));
        }
    }

    private record Enumerated(Ising target) implements Problem {

        @Override
        public OptionalDouble logNormaliser() {
            return target.dimension() <= Signs.LARGEST ? OptionalDouble.of(Signs.logNormaliser(target)) : OptionalDouble.empty();
        }

        @Override
        public Optional<ExactSampler> exactSampler() {
            return target.dimension() <= Signs.LARGEST ? Signs.sampler(target) : Optional.empty();
        }
    }

    @Override
    public int dimension() { return fields.length; }

    @Override
    public Domain domain() { return Domain.SIGNS; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        double[] pull = scratch.take(x.length());
        coupled(x.values, x.stride, pull);
        Arrays.fill(logDensity, 0, x.stride, 0.0);
        for (int j = 0; j < fields.length; j++) {
            int column = j * x.stride;
            for (int i = column; i < column + x.stride; i++) {
                logDensity[i - column] = Math.fma(x.values[i], Math.fma(0.5, pull[i], fields[j]), logDensity[i - column]);
            }
            if (score != null) {
                Arrays.fill(score, column, column + x.stride, fields[j]);
                math.axpy(1, pull, column, score, column, x.stride);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { coupled(v, x.stride, out); }

    /** out = J v. */
    private void coupled(double[] v, int stride, double[] out) {
        int d = fields.length;
        Arrays.fill(out, 0, d * stride, 0.0);
        for (int k = 0; couplings != null && k < d * d; k++) {
            if (couplings[k] != 0) {
                LaneMath.get().axpy(couplings[k], v, k % d * stride, out, k / d * stride, stride);
            }
        }
    }
}
