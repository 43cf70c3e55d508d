package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A change of coordinates: what it makes of its own normal, and its derivatives. */
class WhitenedTargetTest {

    private static final GaussianTarget FRAME = new GaussianTarget(new double[] {0.7, -0.4}, new double[] {1.3, 0, -0.6, 0.5});

    private final Scratch scratch = new Scratch();
    private final Particles points = points();

    private static Particles points() {
        Particles x = new Particles(9, 2);
        Randomness.of(3, "whitened").normals(0, Purpose.USER, 0, x.values, 0, x.length());
        x.pad();
        return x;
    }

    @Test
    void frame_seenFromItself_isStandard() {
        double[] density = new double[points.stride];
        double[] score = new double[points.length()];
        double[] product = new double[points.length()];
        WhitenedTarget white = new WhitenedTarget(FRAME, FRAME);
        white.evaluate(points, density, score, scratch);
        white.hessianVector(points, points.values, product, scratch);
        for (int i = 0; i < points.size; i++) {
            double squares = points.get(0, i) * points.get(0, i) + points.get(1, i) * points.get(1, i);
            assertThat(density[i]).isCloseTo(-squares / 2 - Math.log(2 * Math.PI), within(1e-13));
        }
        for (int k = 0; k < points.length(); k++) {
            assertThat(score[k]).isCloseTo(-points.values[k], within(1e-13));
            assertThat(product[k]).isCloseTo(-points.values[k], within(1e-13));
        }
    }

    @Test
    void scoreAndProduct_areThoseOfDifferences() {
        WhitenedTarget white = new WhitenedTarget(new BentTarget(), FRAME);
        double[] score = new double[points.length()];
        double[] along = new double[points.length()];
        double[] product = new double[points.length()];
        white.evaluate(points, new double[points.stride], score, scratch);
        Arrays.fill(along, 0, points.stride, 1);
        white.hessianVector(points, along, product, scratch);
        double[][] up = shifted(white, 1e-5);
        double[][] down = shifted(white, -1e-5);
        for (int i = 0; i < points.size; i++) {
            assertThat(score[i]).isCloseTo((up[0][i] - down[0][i]) / 2e-5, within(1e-6 * (1 + Math.abs(score[i]))));
        }
        for (int k = 0; k < points.length(); k++) {
            assertThat(product[k]).isCloseTo((up[1][k] - down[1][k]) / 2e-5, within(1e-6 * (1 + Math.abs(product[k]))));
        }
    }

    /** Density and score with the first coordinate moved. */
    private double[][] shifted(WhitenedTarget white, double by) {
        Particles moved = points();
        for (int i = 0; i < moved.stride; i++) {
            moved.values[i] += by;
        }
        double[][] out = {new double[moved.stride], new double[moved.length()]};
        white.evaluate(moved, out[0], out[1], scratch);
        return out;
    }
}
