package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scores against central differences of log-densities and Hessian-vector products against central differences of scores, prior and
 * likelihood each on its own, for every model of the catalogue.
 */
class ModelDerivativesTest {

    private static final int SIZE = 13;

    private final Scratch scratch = new Scratch();

    static Stream<ModelCase> cases() { return ModelCases.all(); }

    @ParameterizedTest
    @MethodSource("cases")
    void scoreIsTheDerivativeOfTheLogPrior(ModelCase c) {
        scoreMatches(c, (theta, density, score) -> c.model().addLogPrior(theta, density, score, scratch));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void scoreIsTheDerivativeOfTheLogLikelihood(ModelCase c) {
        Rows rows = weighted(c.rows(21));
        scoreMatches(c, (theta, density, score) -> c.model().addLogLikelihood(theta, rows, 0, rows.count, density, score, scratch));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hessianVectorIsTheDerivativeOfTheScoreOfThePrior(ModelCase c) {
        hessianMatches(c, (theta, density, score) -> c.model().addLogPrior(theta, density, score, scratch),
                (theta, v, out) -> c.model().addPriorHessianVector(theta, v, out, scratch));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hessianVectorIsTheDerivativeOfTheScoreOfTheLikelihood(ModelCase c) {
        Rows rows = weighted(c.rows(21));
        hessianMatches(c, (theta, density, score) -> c.model().addLogLikelihood(theta, rows, 0, rows.count, density, score, scratch),
                (theta, v, out) -> c.model().addLikelihoodHessianVector(theta, v, rows, 0, rows.count, out, scratch));
    }

    private interface LogDensity { void add(Particles theta, double[] density, double[] score); }

    private interface HessianVector { void add(Particles theta, double[] v, double[] out); }

    private static void scoreMatches(ModelCase c, LogDensity target) {
        Particles theta = c.particles(SIZE, 1);
        double[] score = new double[theta.length()];
        target.add(theta, new double[theta.stride], score);
        for (int j = 0; j < theta.dimension; j++) {
            double h = 1e-4;
            double[] up = densityAt(theta, j, h, target);
            double[] down = densityAt(theta, j, -h, target);
            double[] up2 = densityAt(theta, j, 2 * h, target);
            double[] down2 = densityAt(theta, j, -2 * h, target);
            for (int i = 0; i < theta.stride; i++) {
                // Richardson: error O(h^4) plus rounding of the density over h.
                double difference = (8 * (up[i] - down[i]) - (up2[i] - down2[i])) / (12 * h);
                double tolerance = 1e-7 * (1 + Math.abs(difference)) + 1e-10 * Math.abs(up[i]);
                assertThat(score[j * theta.stride + i]).as("d/dz_%d of particle %d", j, i).isCloseTo(difference, within(tolerance));
            }
        }
    }

    private static double[] densityAt(Particles theta, int column, double h, LogDensity target) {
        double[] density = new double[theta.stride];
        target.add(moved(theta, column, h), density, null);
        return density;
    }

    private static Particles moved(Particles theta, int column, double h) {
        Particles moved = new Particles(theta.size, theta.dimension);
        moved.copyFrom(theta);
        for (int i = 0; i < theta.stride; i++) {
            moved.values[column * theta.stride + i] += h;
        }
        return moved;
    }

    private static void hessianMatches(ModelCase c, LogDensity target, HessianVector hessian) {
        Particles theta = c.particles(SIZE, 1);
        double[] v = new double[theta.length()];
        c.random().normals(2, Purpose.USER, 0, v, 0, v.length);
        double[] product = new double[v.length];
        hessian.add(theta, v, product);
        double h = 1e-4;
        double[] up = scoreAlong(theta, v, h, target);
        double[] down = scoreAlong(theta, v, -h, target);
        double[] up2 = scoreAlong(theta, v, 2 * h, target);
        double[] down2 = scoreAlong(theta, v, -2 * h, target);
        for (int k = 0; k < v.length; k++) {
            double difference = (8 * (up[k] - down[k]) - (up2[k] - down2[k])) / (12 * h);
            double tolerance = 1e-7 * (1 + Math.abs(difference)) + 1e-10 * Math.abs(up[k]);
            assertThat(product[k]).as("(H v)[%d]", k).isCloseTo(difference, within(tolerance));
        }
    }

    private static double[] scoreAlong(Particles theta, double[] v, double h, LogDensity target) {
        Particles moved = new Particles(theta.size, theta.dimension);
        for (int k = 0; k < theta.length(); k++) {
            moved.values[k] = theta.values[k] + h * v[k];
        }
        double[] score = new double[theta.length()];
        target.add(moved, new double[theta.stride], score);
        return score;
    }

    /** Weights as under discounting, one of them 0. */
    private static Rows weighted(Rows rows) {
        for (int r = 0; r < rows.count; r++) {
            rows.weights[r] = r == 5 ? 0 : 1 - 0.02 * r;
        }
        return rows;
    }
}
