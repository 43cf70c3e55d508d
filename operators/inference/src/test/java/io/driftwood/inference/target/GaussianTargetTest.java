package io.driftwood.inference.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.junit.jupiter.api.Test;

class GaussianTargetTest {

    private static final double[] MEAN = {1, -2};
    /** L L^T = [[4, 1], [1, 2.5]], inverse [[2.5, -1], [-1, 4]] / 9. */
    private static final double[] LOWER = {2, 0, 0.5, 1.5};
    private final GaussianTarget target = new GaussianTarget(MEAN, LOWER);
    private final Scratch scratch = new Scratch();

    @Test
    void evaluate_isTheNormalDensityWithItsConstant() {
        Particles x = new Particles(1, 2);
        x.set(0, 0, 2.5);
        x.set(1, 0, -1);
        x.pad();
        double[] density = new double[8];
        double[] score = new double[16];
        target.evaluate(x, density, score, scratch);
        double quadratic = (2.5 * 1.5 * 1.5 - 2 * 1.5 * 1 + 4 * 1 * 1) / 9;
        assertThat(density[0]).isCloseTo(-0.5 * quadratic - 0.5 * Math.log(9) - Math.log(2 * Math.PI), within(1e-14));
        assertThat(score[0]).isCloseTo(-(2.5 * 1.5 - 1) / 9, within(1e-14));
        assertThat(score[8]).isCloseTo(-(-1.5 + 4) / 9, within(1e-14));
    }

    @Test
    void hessianVector_isMinusThePrecisionTimesV() {
        Particles x = new Particles(1, 2);
        double[] v = new double[16];
        v[0] = 3;
        v[8] = -1;
        double[] out = new double[16];
        target.hessianVector(x, v, out, scratch);
        assertThat(out[0]).isCloseTo(-(2.5 * 3 + 1) / 9, within(1e-14));
        assertThat(out[8]).isCloseTo(-(-3 - 4.0) / 9, within(1e-14));
    }

    /** Five z-tests of moments at |z| &lt; 6: false alarm below 1e-8. */
    @Test
    void sample_hasTheMomentsOfTheDensity() {
        int n = 100_000;
        Particles x = new Particles(n, 2);
        target.sample(x, Randomness.of(5, "k"), 1, Purpose.START, 0, scratch);
        double m0 = 0;
        double m1 = 0;
        double c01 = 0;
        for (int i = 0; i < n; i++) {
            m0 += (x.get(0, i) - 1) / n;
            m1 += (x.get(1, i) + 2) / n;
            c01 += (x.get(0, i) - 1) * (x.get(1, i) + 2) / n;
        }
        assertThat(Math.abs(m0)).isLessThan(6 * 2 / Math.sqrt(n));
        assertThat(Math.abs(m1)).isLessThan(6 * Math.sqrt(2.5 / n));
        assertThat(Math.abs(c01 - 1)).isLessThan(6 * Math.sqrt((4 * 2.5 + 1) / n));
    }

    @Test
    void laplace_ofAGaussianIsTheGaussianItself() {
        LaplaceApproximation laplace = LaplaceApproximation.of(target, new double[] {7, 7}, scratch).orElseThrow();
        assertThat(laplace.mode()[0]).isCloseTo(1, within(1e-9));
        assertThat(laplace.mode()[1]).isCloseTo(-2, within(1e-9));
        assertThat(laplace.logEvidence()).isCloseTo(0, within(1e-9));
    }

    @Test
    void bridge_mixesDensityScoreAndRatio() {
        GaussianTarget other = new GaussianTarget(new double[] {0, 0}, new double[] {1, 0, 0, 1});
        GeometricBridge bridge = new GeometricBridge(other, target).at(0.25);
        Particles x = new Particles(3, 2);
        other.sample(x, Randomness.of(5, "k"), 2, Purpose.START, 0, scratch);
        double[] mixed = new double[8];
        double[] a = new double[8];
        double[] b = new double[8];
        double[] ratio = new double[8];
        double[] score = new double[16];
        double[] scoreA = new double[16];
        double[] scoreB = new double[16];
        bridge.evaluate(x, mixed, score, scratch);
        other.evaluate(x, a, scoreA, scratch);
        target.evaluate(x, b, scoreB, scratch);
        bridge.logRatio(x, ratio, scratch);
        for (int i = 0; i < 3; i++) {
            assertThat(mixed[i]).isCloseTo(0.75 * a[i] + 0.25 * b[i], within(1e-13));
            assertThat(score[8 + i]).isCloseTo(0.75 * scoreA[8 + i] + 0.25 * scoreB[8 + i], within(1e-13));
            assertThat(ratio[i]).isCloseTo(b[i] - a[i], within(1e-13));
        }
    }
}
