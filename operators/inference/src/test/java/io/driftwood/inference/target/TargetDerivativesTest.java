package io.driftwood.inference.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scores against central differences of log-densities, Hessian-vector products against central differences of scores, for every target of the catalogue. */
class TargetDerivativesTest {

    private static final int SIZE = 13;
    private static final double H = 1e-4;

    private final Scratch scratch = new Scratch();

    static Stream<TargetCase> cases() { return TargetCases.all(); }

    @ParameterizedTest
    @MethodSource("cases")
    void theScoreIsTheDerivativeOfTheLogDensity(TargetCase c) {
        Target target = c.problem().target();
        Particles x = c.points(SIZE);
        double[] density = new double[x.stride];
        double[] score = new double[x.length()];
        target.evaluate(x, density, score, scratch);
        assertThat(densityAt(target, x)).as("the density does not depend on whether the score is asked for").containsExactly(density);
        for (int j = 0; j < x.dimension; j++) {
            double[] unit = new double[x.length()];
            java.util.Arrays.fill(unit, j * x.stride, (j + 1) * x.stride, 1.0);
            double[] up = densityAt(target, moved(x, unit, H));
            double[] down = densityAt(target, moved(x, unit, -H));
            double[] up2 = densityAt(target, moved(x, unit, 2 * H));
            double[] down2 = densityAt(target, moved(x, unit, -2 * H));
            for (int i = 0; i < x.stride; i++) {
                assertClose(score[j * x.stride + i], up[i], down[i], up2[i], down2[i], "d/dx_" + j + " of particle " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theHessianVectorProductIsTheDerivativeOfTheScore(TargetCase c) {
        Target target = c.problem().target();
        Particles x = c.points(SIZE);
        double[] v = new double[x.length()];
        Randomness.of(2, "direction").normals(0, Purpose.USER, 0, v, 0, v.length);
        double[] product = new double[v.length];
        target.hessianVector(x, v, product, scratch);
        double[] up = scoreAt(target, moved(x, v, H));
        double[] down = scoreAt(target, moved(x, v, -H));
        double[] up2 = scoreAt(target, moved(x, v, 2 * H));
        double[] down2 = scoreAt(target, moved(x, v, -2 * H));
        for (int k = 0; k < v.length; k++) {
            assertClose(product[k], up[k], down[k], up2[k], down2[k], "(H v)[" + k + "]");
        }
    }

    /** Richardson: error O(h^4) plus rounding of the values over h. */
    private static void assertClose(double derivative, double up, double down, double up2, double down2, String what) {
        double difference = (8 * (up - down) - (up2 - down2)) / (12 * H);
        double tolerance = 2e-7 * (1 + Math.abs(difference)) + 1e-11 * Math.abs(up);
        assertThat(derivative).as(what).isCloseTo(difference, within(tolerance));
    }

    private static Particles moved(Particles x, double[] v, double h) {
        Particles moved = new Particles(x.size, x.dimension);
        for (int k = 0; k < x.length(); k++) {
            moved.values[k] = x.values[k] + h * v[k];
        }
        return moved;
    }

    private double[] densityAt(Target target, Particles x) {
        double[] density = new double[x.stride];
        target.evaluate(x, density, null, scratch);
        return density;
    }

    private double[] scoreAt(Target target, Particles x) {
        double[] score = new double[x.length()];
        target.evaluate(x, new double[x.stride], score, scratch);
        return score;
    }
}
