package io.driftwood.inference.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.transition.UnderdampedLangevin.Scheme;
import org.junit.jupiter.api.Test;

/**
 * What unadjusted kernels sample from on a Gaussian, to 1e-9: their own affine map, iterated, against the closed forms. N(0, s^2) with s = 1.3, step 0.4 for
 * Langevin and 0.5 for underdamped Langevin with friction 1.2.
 */
class StationaryLawTest {

    private static final double S2 = 1.69;
    private static final double K = 1 / S2;
    private static final double D = 0.5;
    private static final double FRICTION = 1.2;
    private static final double C = D * D * K / 4;
    private static final GaussianTarget TARGET = new GaussianTarget(new double[] {0}, new double[] {1.3});

    private static double[] covariance(Transition kernel, double step) {
        AffineMap map = AffineMap.of(kernel, TARGET, Moves.tuning(step, 1));
        assertThat(map.residual).isLessThan(1e-13);
        return map.stationaryCovariance();
    }

    private static void assertUnderdamped(Scheme scheme, double varX, double varP, double cov) {
        double[] s = covariance(new UnderdampedLangevin(scheme, FRICTION, 0.3), D);
        assertThat(s[0]).as("Var x").isCloseTo(varX, within(1e-9));
        assertThat(s[3]).as("Var p").isCloseTo(varP, within(1e-9));
        assertThat(s[1]).as("Cov").isCloseTo(cov, within(1e-9));
    }

    @Test
    void ula_hasItsVarianceAndItsAutocorrelation() {
        assertThat(covariance(new Ula(false, 0.1), 0.4)[0]).isCloseTo(1.9168456376, within(1e-9)).isCloseTo(S2 / (1 - 0.4 * K / 2), within(1e-9));
        assertThat(AffineMap.of(new Ula(false, 0.1), TARGET, Moves.tuning(0.4, 1)).at(0, 0)).isCloseTo(1 - 0.4 * K, within(1e-12));
    }

    /** With precision P and preconditioner C the stationary covariance is the inverse of P - h/2 P C P; L is neither diagonal nor that of the target. */
    @Test
    void preconditionedUla_hasItsCovarianceInTwoDimensions() {
        double h = 0.3;
        double[][] p = {{2.5 / 9, -1.0 / 9}, {-1.0 / 9, 4.0 / 9}};
        double[][] c = {{4, 1.2}, {1.2, 1.36}};
        GaussianTarget target = new GaussianTarget(new double[2], new double[] {2, 0, 0.5, 1.5});
        double[] s = AffineMap.of(new Ula(false, 0.1), target, Moves.tuning(h, 2, 0, 0.6, 1)).stationaryCovariance();
        double[][] pcp = times(times(p, c), p);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double product = 0;
                for (int k = 0; k < 2; k++) {
                    product += s[2 * i + k] * (p[k][j] - h / 2 * pcp[k][j]);
                }
                assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-9));
            }
        }
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                product[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j];
            }
        }
        return product;
    }

    @Test
    void obab_hasTooMuchVarianceAndExactMomenta() { assertUnderdamped(Scheme.OBAB, S2 / (1 - C), 1, 0); }

    @Test
    void obabByEuler_hasBothVariancesHotter() {
        double hotter = 1 / (1 - FRICTION * D / 2);
        assertUnderdamped(Scheme.OBAB_EULER, hotter * S2 / (1 - C), hotter, 0);
    }

    @Test
    void eulerVu_hasItsPublishedMoments() { assertUnderdamped(Scheme.EULER_VU, 1.7842659527, 1.5082552432, 0.3770638108); }

    @Test
    void aboba_keepsTheVarianceOfPositions() { assertUnderdamped(Scheme.ABOBA, S2, 1 / (1 - C), 0); }

    @Test
    void baoab_keepsTheVarianceOfPositions() { assertUnderdamped(Scheme.BAOAB, S2, 1 - C, 0); }

    /** Any friction gives obab the same law. */
    @Test
    void obab_doesNotFeelFriction() {
        assertThat(covariance(new UnderdampedLangevin(Scheme.OBAB, 7, 0.3), D)[0]).isCloseTo(S2 / (1 - C), within(1e-9));
    }

    /** Mass: the same numbers in other units, with a dense L. */
    @Test
    void mass_isTheInverseCovarianceOfTheTarget() {
        double[] lower = {2, 0, 0.5, 1.5};
        GaussianTarget target = new GaussianTarget(new double[2], lower);
        for (Scheme scheme : Scheme.values()) {
            AffineMap dense = AffineMap.of(new UnderdampedLangevin(scheme, 1, 0.3), target, Moves.tuning(0.7, lower));
            AffineMap white = AffineMap.of(new UnderdampedLangevin(scheme, 1, 0.3), new GaussianTarget(new double[1], new double[] {1}), Moves.tuning(0.7, 1));
            double factor = white.stationaryCovariance()[0];
            double[] s = dense.stationaryCovariance();
            assertThat(s[0]).as(scheme + "").isCloseTo(4 * factor, within(1e-9));
            assertThat(s[1]).isCloseTo(factor, within(1e-9));
            assertThat(s[5]).isCloseTo(2.5 * factor, within(1e-9));
        }
    }

    /** Taming does nothing to a score of size 0 and at most halves the step's drift where h |g| = 1. */
    @Test
    void taming_boundsTheDrift() {
        Particles x = new Particles(8, 1);
        java.util.Arrays.fill(x.values, 1e9);
        double[] start = x.values.clone();
        Moves moves = new Moves(new Ula(true, 0.1), new GaussianTarget(new double[1], new double[] {1}), Moves.tuning(0.1, 1), x, 1);
        double[] noise = new double[8];
        Randomness.of(1, "moves").normals(17, Purpose.NOISE, 0, noise, 0, 8);
        moves.move(1);
        for (int i = 0; i < 8; i++) {
            assertThat(x.values[i] - start[i] - Math.sqrt(0.2) * noise[i]).isBetween(-1.001, -0.999);
        }
    }

    @Test
    void aboba_leavesDensityToWhoeverWantsIt() {
        Particles x = new Particles(8, 1);
        Moves moves = new Moves(new UnderdampedLangevin(Scheme.ABOBA, 1, 0.3), TARGET, Moves.tuning(0.3, 1), x, 1).move(3);
        assertThat(moves.cloud.logDensity()[0]).isNaN();
        assertThat(moves.info.evaluations).isEqualTo(3);
    }
}
