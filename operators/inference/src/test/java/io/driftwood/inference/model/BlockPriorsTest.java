package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.model.bijector.CorrelationCholesky;
import io.driftwood.inference.model.bijector.Exponential;
import io.driftwood.inference.model.bijector.Simplex;
import io.driftwood.inference.model.prior.Normal;
import io.driftwood.inference.model.prior.StudentT;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

/** Dirichlet and LKJ priors against their densities on their own scale, and their draws against known moments (5.5 standard errors, 12 comparisons). */
class BlockPriorsTest {

    private static final int STRIDE = 16;

    private final Scratch scratch = new Scratch();

    @Test
    void dirichletIsItsDensityOnTheSimplexTimesTheJacobian() {
        Simplex simplex = new Simplex(4);
        double[] z = points(3);
        double[] actual = new double[STRIDE];
        new DirichletPrior(4, 1.7).addLogDensity(z, 0, STRIDE, actual, null, scratch);
        double[] expected = new double[STRIDE];
        simplex.addLogJacobian(z, 0, STRIDE, expected, null, scratch);
        double[] x = new double[4 * STRIDE];
        simplex.constrain(z, 0, x, 0, STRIDE, scratch);
        for (int i = 0; i < STRIDE; i++) {
            expected[i] += Gamma.logGamma(4 * 1.7) - 4 * Gamma.logGamma(1.7);
            for (int k = 0; k < 4; k++) {
                expected[i] += 0.7 * Math.log(x[k * STRIDE + i]);
            }
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-11));
        }
    }

    /** On the factor, det(R)^(shape-1) |dR/dL| = prod_i L_ii^(K-1-i + 2 shape - 2), i from 0; its normaliser is the same everywhere. */
    @Test
    void lkjIsAPowerOfTheDeterminantOfTheCorrelations() {
        int order = 4;
        double shape = 2.3;
        CorrelationCholesky bijector = new CorrelationCholesky(order);
        double[] z = points(6);
        double[] actual = new double[STRIDE];
        new LkjPrior(order, shape).addLogDensity(z, 0, STRIDE, actual, null, scratch);
        double[] expected = new double[STRIDE];
        bijector.addLogJacobian(z, 0, STRIDE, expected, null, scratch);
        double[] x = new double[6 * STRIDE];
        bijector.constrain(z, 0, x, 0, STRIDE, scratch);
        for (int i = 0; i < STRIDE; i++) {
            int column = 0;
            for (int row = 1; row < order; row++) {
                double diagonalSquared = 1;
                for (int j = 0; j < row; j++, column++) {
                    diagonalSquared -= x[column * STRIDE + i] * x[column * STRIDE + i];
                }
                expected[i] += 0.5 * (order - 1 - row + 2 * shape - 2) * Math.log(diagonalSquared);
            }
            assertThat(actual[i] - expected[i]).isCloseTo(actual[0] - expected[0], within(1e-10));
        }
    }

    @Test
    void derivativesAreDifferences() {
        for (BlockPrior prior : List.of(new DirichletPrior(4, 1.7), new LkjPrior(3, 0.8), Block.of("x", new StudentT(3, 0.2, 1.1)).prior())) {
            double[] z = points(3);
            double[] v = points(3);
            double[] score = new double[z.length];
            prior.addLogDensity(z, 0, STRIDE, new double[STRIDE], score, scratch);
            double[] product = new double[z.length];
            prior.addHessianVector(z, 0, STRIDE, v, product, scratch);
            double h = 1e-5;
            double[] up = new double[STRIDE];
            double[] down = new double[STRIDE];
            double[] scoreUp = new double[z.length];
            double[] scoreDown = new double[z.length];
            prior.addLogDensity(along(z, v, h), 0, STRIDE, up, scoreUp, scratch);
            prior.addLogDensity(along(z, v, -h), 0, STRIDE, down, scoreDown, scratch);
            for (int i = 0; i < STRIDE; i++) {
                double slope = 0;
                for (int k = i; k < z.length; k += STRIDE) {
                    slope += score[k] * v[k];
                    assertThat(product[k]).isCloseTo((scoreUp[k] - scoreDown[k]) / (2 * h), within(1e-7));
                }
                assertThat(slope).isCloseTo((up[i] - down[i]) / (2 * h), within(1e-7));
            }
        }
    }

    @Test
    void drawsHaveTheMomentsOfTheirDistribution() {
        int n = 40_000;
        double[] z = new double[3 * n];
        new DirichletPrior(4, 0.6).sample(z, 0, n, n, Randomness.of(3, "dirichlet"), 0, 0, scratch);
        double[] x = new double[4 * n];
        new Simplex(4).constrain(z, 0, x, 0, n, scratch);
        double sd = Math.sqrt(0.25 * 0.75 / (4 * 0.6 + 1));
        for (int k = 0; k < 4; k++) {
            double mean = Arrays.stream(x, k * n, (k + 1) * n).average().orElseThrow();
            assertThat(mean).isCloseTo(0.25, within(5.5 * sd / Math.sqrt(n)));
        }
        // Every correlation of LKJ(shape) is 2 Beta(b, b) - 1, b = shape - 1 + K/2: variance 1/(2b+1). L_21 and L_31 are correlations.
        new LkjPrior(3, 1.2).sample(z, 0, n, n, Randomness.of(3, "lkj"), 0, 0, scratch);
        new CorrelationCholesky(3).constrain(z, 0, x, 0, n, scratch);
        double b = 1.2 - 1 + 1.5;
        double variance = 1 / (2 * b + 1);
        for (int k = 0; k < 2; k++) {
            double squares = Arrays.stream(x, k * n, (k + 1) * n).map(w -> w * w).average().orElseThrow();
            assertThat(squares).isCloseTo(variance, within(5.5 * variance * Math.sqrt(2.0 / n)));
        }
    }

    @Test
    void aPriorMustLiveWhereItsBijectorLeads() {
        assertThatThrownBy(() -> Block.of("scale", new Exponential(), new Normal(0, 1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be the prior");
    }

    private static double[] points(int columns) {
        double[] z = new double[columns * STRIDE];
        Randomness.of(9, "block priors").normals(columns, Purpose.USER, 0, z, 0, z.length);
        return z;
    }

    private static double[] along(double[] z, double[] v, double h) {
        double[] moved = z.clone();
        for (int k = 0; k < z.length; k++) {
            moved[k] += h * v[k];
        }
        return moved;
    }
}
