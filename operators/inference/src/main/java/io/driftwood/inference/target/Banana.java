package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A curved ridge: x_1 ~ N(0, s^2), x_2 | x_1 ~ N(b (x_1^2 - s^2), 1).
 *
 * <pre>
 *   log p = -x_1^2 / (2 s^2) - r^2 / 2 - log(2 pi s),   r = x_2 - b (x_1^2 - s^2)
 * </pre>
 * Reference: [1] Haario, Saksman and Tamminen (1999), Computational Statistics 14, 375-395.
 */
final class Banana implements Target {

    static final Option[] OPTIONS = {
        Option.withDefault("sd", Shape.positive(), 3.0, "Standard deviation s of the first coordinate."),
        Option.withDefault("bend", Shape.number(), 0.3, "How much the second bends with the square of the first; 0 for none."),
    };

    private final double sd;
    private final double bend;

    private Banana(double sd, double bend) {
        this.sd = sd;
        this.bend = bend;
    }

    static Problem build(Settings settings) { return new Known(new Banana(settings.number("sd"), settings.number("bend"))); }

    private record Known(Banana target) implements Problem {

        @Override
        public OptionalDouble logNormaliser() { return OptionalDouble.of(0); }

        @Override
        public Optional<ExactSampler> exactSampler() {
            return Optional.of((x, random, step, iteration, scratch) -> {
                random.normals(step, Purpose.SIMULATE, iteration, x.values, 0, x.length());
                for (int i = 0; i < x.stride; i++) {
                    x.values[i] *= target.sd;
                    x.values[x.stride + i] += target.ridge(x.values[i]);
                }
                x.pad();
            });
        }
    }

    private double ridge(double first) { return bend * (first * first - sd * sd); }

    @Override
    public int dimension() { return 2; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        int stride = x.stride;
        double constant = -StrictMath.log(2 * Math.PI * sd);
        for (int i = 0; i < stride; i++) {
            double first = x.values[i];
            double r = x.values[stride + i] - ridge(first);
            logDensity[i] = constant - 0.5 * first * first / (sd * sd) - 0.5 * r * r;
            if (score != null) {
                score[i] = -first / (sd * sd) + 2 * bend * first * r;
                score[stride + i] = -r;
            }
        }
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        int stride = x.stride;
        for (int i = 0; i < stride; i++) {
            double first = x.values[i];
            double r = x.values[stride + i] - ridge(first);
            double mixed = 2 * bend * first;
            out[i] = (-1 / (sd * sd) + 2 * bend * r - mixed * mixed) * v[i] + mixed * v[stride + i];
            out[stride + i] = mixed * v[i] - v[stride + i];
        }
    }
}
