package io.driftwood.inference.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightDiagnosisTest {

    /** What a transcript of the published algorithm in NumPy says of 200 weights. */
    @Test
    void theNumbersAreThoseOfThePublishedAlgorithm() {
        double[] log = new double[200];
        for (int i = 0; i < 200; i++) {
            double u = StrictMath.sin(12.9898 * (i + 1)) * 43758.5453 % 1.0;
            log[i] = 5.1 * u * u * u;
        }
        WeightDiagnosis diagnosis = WeightDiagnosis.of(log, 200);
        assertThat(diagnosis.flag()).isEqualTo(Flag.OK);
        assertThat(diagnosis.paretoK()).isCloseTo(0.7551224610863918, within(1e-8));
        assertThat(diagnosis.effectiveSize()).isCloseTo(20.184162824212724, within(1e-8));
        double[] smoothed = diagnosis.smoothed();
        assertThat(Arrays.stream(smoothed).max().orElseThrow()).isCloseTo(-2.1765421301873613, within(1e-8));
        assertThat(smoothed[0]).isCloseTo(-3.6325368864246483, within(1e-8));
        assertThat(Arrays.stream(smoothed).map(w -> Math.exp(2 * w)).sum()).isCloseTo(0.05105882091460623, within(1e-9));
        assertThat(Arrays.stream(smoothed).map(Math::exp).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void theFitIsThatOfThePublishedAlgorithm() {
        double[] x = new double[40];
        for (int i = 0; i < 40; i++) {
            x[i] = new GeneralisedPareto(0.4, 2).quantile((i + 0.5) / 40);
        }
        GeneralisedPareto fit = GeneralisedPareto.fit(x);
        assertThat(fit.shape()).isCloseTo(0.4369716487326758, within(1e-11));
        assertThat(fit.scale()).isCloseTo(1.9355308092390198, within(1e-11));
    }

    /**
     * Draws of a generalised Pareto distribution of known shape: the standard error of k from n exceedances is (1 + k)/sqrt n, 0.01 to 0.02 here, and the ten
     * imaginary observations move it by less than 0.001. 5.3 of them, 1e-7 each.
     */
    @ParameterizedTest
    @ValueSource(doubles = {-0.3, 0, 0.3, 0.7, 1.2})
    void drawsOfAKnownShapeGiveItBack(double k) {
        int n = 10_000;
        double[] u = new double[n];
        Randomness.of(5, "pareto").uniforms(1, Purpose.USER, 0, u, 0, n);
        double[] x = Arrays.stream(u).map(p -> new GeneralisedPareto(k, 1.5).quantile(p)).sorted().toArray();
        GeneralisedPareto fit = GeneralisedPareto.fit(x);
        assertThat(fit.shape()).isCloseTo(k, within(5.3 * Math.max(1, 1 + k) / Math.sqrt(n) + 0.001));
    }

    /** w = u^(-k) has tail index k exactly. The tail has 3 sqrt S = 600 of 40000 weights: standard error (1 + k) / sqrt 600, drawn towards 0.5 by 10 in 610. */
    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 0.9})
    void heavyWeightsHaveTheirTailIndex(double k) {
        int n = 40_000;
        double[] u = new double[n];
        Randomness.of(6, "weights").uniforms(1, Purpose.USER, 0, u, 0, n);
        double[] log = Arrays.stream(u).map(x -> 700 - k * Math.log(x)).toArray();
        WeightDiagnosis diagnosis = WeightDiagnosis.of(log, n);
        assertThat(diagnosis.paretoK()).isCloseTo(k, within(5.3 * (1 + k) / Math.sqrt(600) + 0.01));
        // Smoothing keeps the order and never makes the largest larger.
        assertThat(Arrays.stream(diagnosis.smoothed()).max().orElseThrow()).isNotNaN();
    }

    @Test
    void smoothingChangesOnlyTheLargest_inTheirOrder() {
        int n = 400;
        double[] z = new double[n];
        Randomness.of(7, "weights").normals(1, Purpose.USER, 0, z, 0, n);
        double[] log = Arrays.stream(z).map(x -> 1.5 * x).toArray();
        double[] smoothed = WeightDiagnosis.of(log, n).smoothed();
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(log[a], log[b]));
        double shift = smoothed[order[0]] - log[order[0]];
        for (int r = 1; r < n; r++) {
            assertThat(smoothed[order[r]]).isGreaterThanOrEqualTo(smoothed[order[r - 1]]);
            if (r < n - 60) {
                assertThat(smoothed[order[r]] - log[order[r]]).isCloseTo(shift, within(1e-12));
            }
        }
        assertThat(smoothed[order[n - 1]] - log[order[n - 1]]).isLessThanOrEqualTo(shift + 1e-12);
    }

    @Test
    void weightsThatSayNothingAreFlagged_andNoException() {
        WeightDiagnosis equal = WeightDiagnosis.of(new double[100], 100);
        assertThat(equal.flag()).isEqualTo(Flag.CONSTANT);
        assertThat(equal.paretoK()).isNaN();
        assertThat(equal.effectiveSize()).isCloseTo(100, within(1e-10));
        assertThat(WeightDiagnosis.of(new double[20], 20).flag()).isEqualTo(Flag.TOO_SHORT);
        assertThat(WeightDiagnosis.of(new double[] {0, Double.NaN}, 2).flag()).isEqualTo(Flag.NOT_FINITE);
        double[] none = new double[50];
        Arrays.fill(none, Double.NEGATIVE_INFINITY);
        assertThat(WeightDiagnosis.of(none, 50).flag()).isEqualTo(Flag.NOT_FINITE);
        none[3] = 1;
        WeightDiagnosis single = WeightDiagnosis.of(none, 50);
        assertThat(single.flag()).isEqualTo(Flag.CONSTANT);
        assertThat(single.effectiveSize()).isCloseTo(1, within(1e-12));
    }
}
