package io.driftwood.inference.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianMixtureTest {

    private final Scratch scratch = new Scratch();

    /** (1/5) N(-3, 1) + (4/5) N(3, 1), values by 50-digit arithmetic. */
    @ParameterizedTest
    @CsvSource({
        "0.7, 3.0, -2.4057874745431778, 0.1453480505689462, 2.0081324551205153, 4.433642586408519, -0.05637478288384544",
        "-1.0, 3.0, -2.7180047415944943, 0.2122210628610024, 0.9099895657490217, 7.1699210770781026, -0.022593566949653046",
        "-1.0, 1.5, -3.243666962078043, 0.09911229251507835, -0.7769973418410738, 4.78566994468594, 0.500873075493519",
        "2.0, 0.5, -1.6536369281352123, 0.7999187268923422, 2.1999796817230854, 0.20002438151946578, -0.7996098956885476"})
    void smoothingHitsThePublishedDigits(double y, double sigma, double logDensity, double score, double mean, double variance, double hessian) {
        GaussianMixture mixture = GaussianMixture.isotropic(new double[] {1, 4}, new double[][] {{-3}, {3}}, 1);
        Particles at = points(new double[][] {{y}});
        double v = sigma * sigma;
        double[] density = new double[8];
        double[] out = new double[8];
        double[] second = new double[8];
        mixture.evaluate(at, v, density, out, scratch);
        assertThat(density[0]).isCloseTo(logDensity, within(1e-12));
        assertThat(out[0]).isCloseTo(score, within(1e-12));
        mixture.posteriorVariances(at, v, out, second, scratch);
        assertThat(out[0]).isCloseTo(mean, within(1e-12));
        assertThat(second[0]).isCloseTo(variance, within(1e-12));
        mixture.hessianVector(at, v, new double[] {1, 1, 1, 1, 1, 1, 1, 1}, out, scratch);
        assertThat(out[0]).isCloseTo(hessian, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.04, 1, 25})
    void tweedieHolds_betweenTheDensitySideAndThePosteriorSide(double v) {
        GaussianMixture mixture = correlated();
        Particles y = cloud(33, 3, 2);
        double[] density = new double[y.stride];
        double[] score = new double[y.length()];
        double[] mean = new double[y.length()];
        double[] variances = new double[y.length()];
        mixture.evaluate(y, v, density, score, scratch);
        mixture.posteriorVariances(y, v, mean, variances, scratch);
        for (int k = 0; k < y.length(); k++) {
            assertThat(mean[k]).isCloseTo(y.values[k] + v * score[k], within(1e-12 * (1 + v)));
        }
        double[] covariance = new double[9];
        for (int i = 0; i < y.size; i++) {
            mixture.posteriorCovariance(y, i, v, covariance, scratch);
            for (int a = 0; a < 3; a++) {
                double[] unit = new double[y.length()];
                java.util.Arrays.fill(unit, a * y.stride, (a + 1) * y.stride, 1.0);
                double[] column = new double[y.length()];
                mixture.hessianVector(y, v, unit, column, scratch);
                assertThat(variances[a * y.stride + i]).isCloseTo(covariance[4 * a], within(1e-13 * (1 + v)));
                for (int b = 0; b < 3; b++) {
                    double expected = (a == b ? v : 0) + v * v * column[b * y.stride + i];
                    assertThat(covariance[a * 3 + b]).isCloseTo(expected, within(1e-11 * (1 + v * v)));
                }
            }
        }
    }

    /** The difference of two nearly equal numbers would lose them all. */
    @Test
    void thePosteriorSideKeepsItsDigits_asTheNoiseVanishes() {
        GaussianMixture mixture = GaussianMixture.isotropic(new double[] {1, 4}, new double[][] {{-3}, {3}}, 1);
        Particles y = points(new double[][] {{0.7}});
        double[] mean = new double[8];
        double[] variance = new double[8];
        double v = 1e-14;
        mixture.posteriorVariances(y, v, mean, variance, scratch);
        assertThat(variance[0]).isCloseTo(v, within(1e-12 * v));
        mixture.posteriorVariances(y, 0, mean, variance, scratch);
        assertThat(mean[0]).isCloseTo(0.7, within(1e-15));
        assertThat(variance[0]).isCloseTo(0, within(1e-30));
    }

    @Test
    void anEqualDiagonalAndFullMixtureAgree() {
        double[] weights = {1, 2};
        double[][] means = {{0, 1}, {2, -1}};
        GaussianMixture diagonal = GaussianMixture.diagonal(weights, means, new double[][] {{1, 0.5}, {2, 0.3}});
        GaussianMixture full = GaussianMixture.full(weights, means, new double[][] {{1, 0, 0, 0.25}, {4, 0, 0, 0.09}});
        Particles y = cloud(19, 2, 3);
        double[] density = new double[y.stride];
        double[] score = new double[y.length()];
        double[] otherDensity = new double[y.stride];
        double[] otherScore = new double[y.length()];
        diagonal.evaluate(y, 0.3, density, score, scratch);
        full.evaluate(y, 0.3, otherDensity, otherScore, scratch);
        assertThat(otherDensity).containsExactly(density, within(1e-13));
        assertThat(otherScore).containsExactly(score, within(1e-12));
    }

    /** z-scores beyond 5.2 have probability 2e-7; six of them. */
    @Test
    void posteriorDrawsHaveThePosteriorsMoments() {
        int n = 40_000;
        GaussianMixture mixture = correlated();
        Particles y = new Particles(n, 3);
        for (int j = 0; j < 3; j++) {
            java.util.Arrays.fill(y.values, j * y.stride, (j + 1) * y.stride, new double[] {0.4, -0.2, 0.9}[j]);
        }
        double v = 1.7;
        Particles x = new Particles(n, 3);
        mixture.posteriorDraw(y, v, x, Randomness.of(4, "draws"), 1, 0, scratch);
        double[] mean = new double[y.length()];
        double[] variances = new double[y.length()];
        mixture.posteriorVariances(y, v, mean, variances, scratch);
        for (int j = 0; j < 3; j++) {
            double expected = mean[j * y.stride];
            double variance = variances[j * y.stride];
            double average = 0;
            double square = 0;
            double fourth = 0;
            for (int i = 0; i < n; i++) {
                double e = x.get(j, i) - expected;
                average += e / n;
                square += e * e / n;
                fourth += e * e * e * e / n;
            }
            assertThat(Math.abs(average) / Math.sqrt(variance / n)).as("mean of x%d", j).isLessThan(5.2);
            assertThat(Math.abs(square - variance) / Math.sqrt((fourth - variance * variance) / n)).as("variance of x%d", j).isLessThan(5.2);
        }
    }

    @Test
    void aDistantPointHasAFiniteScore_becauseTheLargestTermIsTakenOut() {
        GaussianMixture mixture = GaussianMixture.isotropic(new double[] {1, 4}, new double[][] {{-3}, {3}}, 1);
        Particles y = points(new double[][] {{1e5}});
        double[] density = new double[8];
        double[] score = new double[8];
        mixture.evaluate(y, 0, density, score, scratch);
        assertThat(density[0]).isCloseTo(-0.5 * (1e5 - 3) * (1e5 - 3) + Math.log(0.8) - 0.5 * Math.log(2 * Math.PI), within(1e-5));
        assertThat(score[0]).isCloseTo(3 - 1e5, within(1e-9));
    }

    static GaussianMixture correlated() {
        return GaussianMixture.full(new double[] {0.3, 0.5, 0.2}, new double[][] {{0, 0, 0}, {2, -1, 1}, {-1, 2, 0.5}}, new double[][] {
            {1, 0.6, 0.2, 0.6, 1.5, -0.3, 0.2, -0.3, 0.7},
            {0.4, 0, 0, 0, 0.9, 0.1, 0, 0.1, 0.3},
            {2, 0.5, 0, 0.5, 1, 0.2, 0, 0.2, 0.6}});
    }

    static Particles points(double[][] rows) {
        Particles x = new Particles(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < x.dimension; j++) {
                x.set(j, i, rows[i][j]);
            }
        }
        x.pad();
        return x;
    }

    static Particles cloud(int size, int dimension, double scale) {
        Particles x = new Particles(size, dimension);
        Randomness.of(11, "cloud").normals(0, Purpose.USER, 0, x.values, 0, x.length());
        for (int k = 0; k < x.length(); k++) {
            x.values[k] *= scale;
        }
        x.pad();
        return x;
    }
}
