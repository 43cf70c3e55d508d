package io.driftwood.inference.particle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LogWeightsTest {

    private static final double INF = Double.POSITIVE_INFINITY;

    @Test
    void newWeightsAreUniformAndPaddingHasNone() {
        LogWeights weights = new LogWeights(5);
        assertThat(weights.normalised).containsExactly(0.2, 0.2, 0.2, 0.2, 0.2, 0, 0, 0);
        assertThat(weights.log).containsExactly(0, 0, 0, 0, 0, -INF, -INF, -INF);
        assertThat(weights.effectiveSampleSize()).isCloseTo(5, within(1e-12));
    }

    @Property(tries = 200)
    void incrementsOfTwoReweightingsAddUpToTheLogOfTheMeanOfTheProducts(
            @ForAll @Size(13) double[] any, @ForAll @DoubleRange(min = 0.05, max = 1) double scale) {
        double[] first = tamed(any, 3);
        double[] second = tamed(any, 7);
        LogWeights weights = new LogWeights(13);
        double logEvidence = weights.reweight(first, scale, new double[16]) + weights.reweight(second, 1, new double[16]);
        double mean = 0;
        for (int i = 0; i < 13; i++) {
            mean += Math.exp(scale * first[i] + second[i]) / 13;
        }
        assertThat(logEvidence).isCloseTo(Math.log(mean), within(1e-12));
        for (int i = 0; i < 13; i++) {
            assertThat(weights.normalised[i]).isCloseTo(Math.exp(scale * first[i] + second[i]) / mean / 13, within(1e-13));
        }
        assertThat(Arrays.stream(weights.normalised).sum()).isCloseTo(1, within(1e-14));
    }

    private static double[] tamed(double[] any, double stretch) {
        double[] tame = new double[16];
        for (int i = 0; i < any.length; i++) {
            tame[i] = Double.isFinite(any[i]) ? 5 * Math.sin(stretch * i + any[i] % 100) : i;
        }
        return tame;
    }

    @Test
    void whatHasNoDensityLosesItsWeightAndTheRestKeepsItsProportions() {
        LogWeights weights = new LogWeights(6);
        double increment = weights.reweight(new double[] {0, Double.NaN, -INF, INF, Math.log(3), -INF, 9, 9}, 1, new double[8]);
        assertThat(increment).isCloseTo(Math.log(4.0 / 6), within(1e-14));
        assertThat(weights.normalised).usingComparatorWithPrecision(1e-15).containsExactly(0.25, 0, 0, 0, 0.75, 0, 0, 0);
        assertThat(weights.log[1]).isEqualTo(-INF);
        double again = weights.reweight(new double[] {0, 0, 0, 0, Double.NaN, 0, 0, 0}, 1, new double[8]);
        assertThat(again).isCloseTo(Math.log(0.25), within(1e-14));
        assertThat(weights.normalised).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void whenNoParticleSurvivesTheWeightsStayAsTheyWere() {
        LogWeights weights = new LogWeights(3);
        weights.reweight(new double[] {0, 1, 2}, 1, new double[8]);
        double[] log = weights.log.clone();
        double[] normalised = weights.normalised.clone();
        assertThat(weights.reweight(new double[] {-INF, Double.NaN, INF}, 1, new double[8])).isEqualTo(-INF);
        assertThat(weights.log).containsExactly(log);
        assertThat(weights.normalised).containsExactly(normalised);
    }

    @Test
    void aDeadParticleStaysDeadWhenItsObservationIsTakenBack() {
        LogWeights weights = new LogWeights(2);
        weights.reweight(new double[] {0, -INF}, 1, new double[8]);
        assertThat(weights.reweight(new double[] {0, -INF}, -1, new double[8])).isZero();
        assertThat(weights.normalised[1]).isZero();
    }

    @Test
    void aMillionObservationsDoNotDriftOutOfRange() {
        LogWeights weights = new LogWeights(4);
        double[] increment = {-700, -700.000001, -700.000002, -701, 0, 0, 0, 0};
        double total = 0;
        for (int step = 0; step < 1_000_000; step++) {
            total += weights.reweight(increment, 1, new double[8]);
        }
        // log of the mean of e^(10^6 l): the first three differ by 1 and 2.
        double expected = -7e8 + Math.log((1 + Math.exp(-1) + Math.exp(-2)) / 4);
        // A million roundings of a sum of 7e8.
        assertThat(total).isCloseTo(expected, within(0.06));
        assertThat(weights.normalised[1] / weights.normalised[0]).isCloseTo(Math.exp(-1), within(1e-4));
    }

    @Test
    void effectiveSampleSizeOfOneParticleWithAllTheWeightIsOne() {
        LogWeights weights = new LogWeights(9);
        double[] increment = new double[16];
        Arrays.fill(increment, -1000);
        increment[4] = 0;
        weights.reweight(increment, 1, new double[16]);
        assertThat(weights.effectiveSampleSize()).isEqualTo(1);
    }
}
