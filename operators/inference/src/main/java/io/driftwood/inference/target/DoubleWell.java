package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.OptionalDouble;

/**
 * Two wells in every coordinate: log p = -h sum_j (u_j^2 - 1)^2, u_j = x_j / a. The wells are at +-a, the barrier between them h nats high;
 * 2^d modes. The normaliser is d times a one-dimensional integral.
 */
final class DoubleWell implements Target {

    static final Option[] OPTIONS = {
        Option.withDefault("dimension", Shape.integer(1, 100_000), 1L, "Number of coordinates."),
        Option.withDefault("barrier", Shape.positive(), 5.0, "Height h of the barrier, in nats."),
        Option.withDefault("distance", Shape.positive(), 1.0, "Distance a of the wells from the origin."),
    };

    private final int dimension;
    private final double barrier;
    private final double distance;

    private DoubleWell(int dimension, double barrier, double distance) {
        this.dimension = dimension;
        this.barrier = barrier;
        this.distance = distance;
    }

    static Problem build(Settings settings) {
        return new Known(new DoubleWell(settings.count("dimension"), settings.number("barrier"), settings.number("distance")));
    }

    private record Known(DoubleWell target) implements Problem {

        @Override
        public OptionalDouble logNormaliser() { return OptionalDouble.of(target.logNormaliser()); }
    }

    /** The trapezium rule, which converges faster than any power of its step for an integrand that is analytic and vanishes at both ends. */
    private double logNormaliser() {
        // e^(-h (u^2 - 1)^2) < 1e-30 beyond the end
        double end = Math.sqrt(1 + Math.sqrt(70 / barrier));
        int steps = 4096;
        double width = 2 * end / steps;
        double sum = 0;
        for (int k = 0; k <= steps; k++) {
            double u = -end + k * width;
            sum += StrictMath.exp(-barrier * (u * u - 1) * (u * u - 1));
        }
        return dimension * StrictMath.log(distance * width * sum);
    }

    @Override
    public int dimension() { return dimension; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        java.util.Arrays.fill(logDensity, 0, x.stride, 0.0);
        for (int j = 0; j < dimension; j++) {
            for (int i = 0; i < x.stride; i++) {
                double u = x.values[j * x.stride + i] / distance;
                double depth = u * u - 1;
                logDensity[i] -= barrier * depth * depth;
                if (score != null) {
                    score[j * x.stride + i] = -4 * barrier * u * depth / distance;
                }
            }
        }
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        for (int k = 0; k < x.length(); k++) {
            double u = x.values[k] / distance;
            out[k] = -4 * barrier * (3 * u * u - 1) / (distance * distance) * v[k];
        }
    }
}
