package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Neal's funnel: x_1 ~ N(0, s^2), x_j | x_1 ~ N(0, e^x_1) for j = 2..d. Its width changes by e^s along x_1, so no one step size fits.
 *
 * <pre>
 *   log p = log N(x_1 | 0, s^2) - (d-1)/2 (x_1 + log 2 pi) - (w/2) sum_j x_j^2,   w = e^-x_1
 * </pre>
 * Reference: [1] Neal (2003), Annals of Statistics 31, 705-767, section 8.
 */
final class Funnel implements Target {

    static final Option[] OPTIONS = {
        Option.withDefault("dimension", Shape.integer(2, 100_000), 10L, "Number of coordinates."),
        Option.withDefault("sd", Shape.positive(), 3.0, "Standard deviation of the first coordinate, half the log-variance of the others."),
    };

    private final int dimension;
    private final double variance;

    private Funnel(int dimension, double variance) {
        this.dimension = dimension;
        this.variance = variance;
    }

    static Problem build(Settings settings) {
        double sd = settings.number("sd");
        return new Known(new Funnel(settings.count("dimension"), sd * sd), sd);
    }

    private record Known(Funnel target, double sd) implements Problem {

        @Override
        public OptionalDouble logNormaliser() { return OptionalDouble.of(0); }

        @Override
        public Optional<ExactSampler> exactSampler() {
            return Optional.of((x, random, step, iteration, scratch) -> {
                int mark = scratch.mark();
                double[] spread = scratch.take(x.stride);
                random.normals(step, Purpose.SIMULATE, iteration, x.values, 0, x.length());
                for (int i = 0; i < x.stride; i++) {
                    x.values[i] *= sd;
                    spread[i] = 0.5 * x.values[i];
                }
                LaneMath.get().exp(spread, 0, spread, 0, x.stride);
                for (int k = x.stride; k < x.length(); k++) {
                    x.values[k] *= spread[k % x.stride];
                }
                x.pad();
                scratch.release(mark);
            });
        }
    }

    @Override
    public int dimension() { return dimension; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        int stride = x.stride;
        int mark = scratch.mark();
        double[] w = inverseVariance(x, scratch);
        double[] squares = squares(x, scratch);
        double constant = -0.5 * (dimension * StrictMath.log(2 * Math.PI) + StrictMath.log(variance));
        for (int i = 0; i < stride; i++) {
            double first = x.values[i];
            logDensity[i] = constant - 0.5 * first * first / variance - 0.5 * (dimension - 1) * first - 0.5 * w[i] * squares[i];
        }
        if (score != null) {
            for (int i = 0; i < stride; i++) {
                score[i] = -x.values[i] / variance - 0.5 * (dimension - 1) + 0.5 * w[i] * squares[i];
            }
            for (int j = 1; j < dimension; j++) {
                for (int i = 0; i < stride; i++) {
                    score[j * stride + i] = -w[i] * x.values[j * stride + i];
                }
            }
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        int stride = x.stride;
        int mark = scratch.mark();
        double[] w = inverseVariance(x, scratch);
        double[] squares = squares(x, scratch);
        for (int i = 0; i < stride; i++) {
            out[i] = -v[i] / variance - 0.5 * w[i] * squares[i] * v[i];
        }
        for (int j = 1; j < dimension; j++) {
            for (int i = 0; i < stride; i++) {
                double at = x.values[j * stride + i];
                out[i] += w[i] * at * v[j * stride + i];
                out[j * stride + i] = w[i] * (at * v[i] - v[j * stride + i]);
            }
        }
        scratch.release(mark);
    }

    private static double[] inverseVariance(Particles x, Scratch scratch) {
        double[] w = scratch.take(x.stride);
        for (int i = 0; i < x.stride; i++) {
            w[i] = -x.values[i];
        }
        LaneMath.get().exp(w, 0, w, 0, x.stride);
        return w;
    }

    /** sum of x_j^2 over j = 2..d. */
    private double[] squares(Particles x, Scratch scratch) {
        double[] squares = scratch.take(x.stride);
        Arrays.fill(squares, 0, x.stride, 0.0);
        for (int j = 1; j < dimension; j++) {
            LaneMath.get().multiplyAdd(x.values, j * x.stride, x.values, j * x.stride, squares, 0, x.stride);
        }
        return squares;
    }
}
