package io.driftwood.inference.denoise.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Patterns;
import io.driftwood.inference.target.Target;
import org.junit.jupiter.api.Test;

class MeasurementTargetsTest {

    private static final GaussianMixture ONE = GaussianMixture.isotropic(new double[] {0.2, 0.8}, new double[][] {{-3}, {3}}, 1);
    private static final GaussianMixture TWO = GaussianMixture.full(new double[] {0.4, 0.6}, new double[][] {{-1, 0}, {1.5, 1}}, new double[][] {{1, 0.6, 0.6, 1}, {0.5, -0.2, -0.2, 0.8}});
    private final Scratch scratch = new Scratch();

    private static Particles at(double... values) {
        Particles y = new Particles(1, values.length);
        for (int j = 0; j < values.length; j++) {
            y.set(j, 0, values[j]);
        }
        y.pad();
        return y;
    }

    /** Prior N(-3, 1)/5 + 4 N(3, 1)/5, sigma = 3; from an independent implementation. */
    @Test
    void scoreOfTheThirdMeasurement_isThatByHand() {
        MeasurementTarget target = new MeasurementTarget(ONE, 3, 1);
        target.take(at(4.1));
        target.take(at(-2.3));
        double[] score = new double[8];
        target.evaluate(at(0.4), new double[8], score, scratch);
        assertThat(score[0]).isCloseTo(0.1875136264058146, within(1e-12));
    }

    /** p(y_k | earlier) = p(y_1..y_k) / p(y_1..y_(k-1)): differences over y_k are those of the joint law. */
    @Test
    void conditional_isTheJointLawInItsLastArgument() {
        MeasurementTarget conditional = new MeasurementTarget(TWO, 1.3, 1);
        JointTarget joint = new JointTarget(TWO, 1.3, 3);
        conditional.take(at(0.2, -1));
        conditional.take(at(1.4, 0.8));
        double[] a = new double[8];
        double[] b = new double[8];
        double[] scoreA = new double[16];
        double[] scoreB = new double[48];
        double offset = Double.NaN;
        for (double[] y : new double[][] {{0, 0}, {1, -2}, {-3, 0.5}, {2, 2}}) {
            conditional.evaluate(at(y), a, scoreA, scratch);
            joint.evaluate(at(0.2, -1, 1.4, 0.8, y[0], y[1]), b, scoreB, scratch);
            offset = Double.isNaN(offset) ? a[0] - b[0] : offset;
            assertThat(a[0] - b[0]).isCloseTo(offset, within(1e-12));
            assertThat(scoreB[32]).isCloseTo(scoreA[0], within(1e-12));
            assertThat(scoreB[40]).isCloseTo(scoreA[8], within(1e-12));
        }
    }

    @Test
    void scoresAndHessians_areDerivatives() {
        MeasurementTarget conditional = new MeasurementTarget(TWO, 1.3, 1);
        conditional.take(at(0.2, -1));
        derivatives(conditional, new double[] {0.7, -0.4});
        derivatives(new JointTarget(TWO, 0.9, 3), new double[] {0.7, -0.4, 1, 2, -0.5, 0.1});
        Patterns patterns = new Patterns(new double[][] {{1, -1}, {-1, 1}, {1, 1}}, new double[] {1, 2, 1}, 0.7);
        SignsTarget signs = new SignsTarget(patterns, 1);
        signs.take(at(1, 1));
        derivatives(signs, new double[] {0.3, -0.6});
    }

    private void derivatives(Target target, double[] place) {
        int d = place.length;
        double h = 1e-5;
        double[] density = new double[8];
        double[] score = new double[8 * d];
        double[] direction = new double[8 * d];
        double[] product = new double[8 * d];
        Randomness.of(51, "direction").normals(0, Purpose.USER, 0, direction, 0, 8 * d);
        for (int at = 0; at < 8 * d; at++) {
            direction[at] = direction[at / 8 * 8];
        }
        target.evaluate(at(place), density, score, scratch);
        target.hessianVector(at(place), direction, product, scratch);
        double[] up = new double[8 * d];
        double[] down = new double[8 * d];
        double slope = 0;
        double[] above = place.clone();
        double[] below = place.clone();
        for (int j = 0; j < d; j++) {
            above[j] += h * direction[8 * j];
            below[j] -= h * direction[8 * j];
            slope += score[8 * j] * direction[8 * j];
        }
        double[] densityUp = new double[8];
        double[] densityDown = new double[8];
        target.evaluate(at(above), densityUp, up, scratch);
        target.evaluate(at(below), densityDown, down, scratch);
        assertThat((densityUp[0] - densityDown[0]) / (2 * h)).isCloseTo(slope, within(1e-8));
        for (int j = 0; j < d; j++) {
            assertThat((up[8 * j] - down[8 * j]) / (2 * h)).isCloseTo(product[8 * j], within(1e-7));
        }
    }

    /** For p = N(0, tau^2) the joint law has covariance sigma^2 I + tau^2 1 1^T. */
    @Test
    void jointLawOfAGaussian_hasTheCovarianceOfRepeatedMeasurements() {
        double tau = 1.4;
        double sigma = 0.8;
        int m = 5;
        double[] covariance = new double[m * m];
        for (int k = 0; k < m * m; k++) {
            covariance[k] = tau * tau + (k % (m + 1) == 0 ? sigma * sigma : 0);
        }
        GaussianTarget exact = GaussianTarget.of(new double[m], covariance);
        JointTarget joint = new JointTarget(GaussianMixture.isotropic(new double[] {1}, new double[][] {{0}}, tau), sigma, m);
        Particles y = new Particles(7, m);
        Randomness.of(52, "places").normals(0, Purpose.USER, 0, y.values, 0, y.length());
        y.pad();
        double[] a = new double[8];
        double[] b = new double[8];
        double[] scoreA = new double[8 * m];
        double[] scoreB = new double[8 * m];
        joint.evaluate(y, a, scoreA, scratch);
        exact.evaluate(y, b, scoreB, scratch);
        assertThat(scoreA).containsExactly(scoreB, within(1e-12));
        for (int i = 1; i < 7; i++) {
            assertThat(a[i] - a[0]).isCloseTo(b[i] - b[0], within(1e-12));
        }
    }

    /** The conditional law of the third measurement on {-1, 1}^3, by enumeration of everything. */
    @Test
    void signs_agreeWithEnumeration() {
        double alpha = 0.6;
        double[][] rows = {{1, 1, -1}, {-1, 1, 1}, {-1, -1, -1}};
        double[] weights = {0.5, 0.2, 0.3};
        SignsTarget target = new SignsTarget(new Patterns(rows, weights, alpha), 1);
        double[][] earlier = {{1, -1, -1}, {-1, -1, 1}};
        target.take(at(earlier[0]));
        target.take(at(earlier[1]));
        double[] exact = new double[8];
        double[] mass = new double[8];
        double[] score = new double[24];
        double exactSum = 0;
        double massSum = 0;
        for (int point = 0; point < 8; point++) {
            double[] y = {(point & 1) == 0 ? -1 : 1, (point & 2) == 0 ? -1 : 1, (point & 4) == 0 ? -1 : 1};
            double[] mean = new double[3];
            double total = 0;
            for (int a = 0; a < 3; a++) {
                double p = weights[a];
                for (double[] measurement : new double[][] {earlier[0], earlier[1], y}) {
                    for (int j = 0; j < 3; j++) {
                        double kept = 1 / (1 + Math.exp(-2 * alpha));
                        p *= measurement[j] == rows[a][j] ? kept : 1 - kept;
                    }
                }
                total += p;
                for (int j = 0; j < 3; j++) {
                    mean[j] += p * rows[a][j];
                }
            }
            exact[point] = total;
            exactSum += total;
            double[] log = new double[8];
            target.evaluate(at(y), log, score, scratch);
            mass[point] = Math.exp(log[0]);
            massSum += mass[point];
            for (int j = 0; j < 3; j++) {
                assertThat(score[8 * j]).isCloseTo(alpha * mean[j] / total, within(1e-12));
                assertThat(Math.abs(score[8 * j])).isLessThanOrEqualTo(alpha);
            }
        }
        for (int point = 0; point < 8; point++) {
            assertThat(mass[point] / massSum).isCloseTo(exact[point] / exactSum, within(1e-12));
        }
    }
}
