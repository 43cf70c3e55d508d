package io.driftwood.inference.particle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.random.Randomness;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every resampler of the catalogue must do. Statistical bounds are 5.5 standard errors: with 5 schemes x 3 counts x 16 particles
 * x 2 statistics a correct suite fails with probability below 480 x 4e-8 = 2e-5 over seeds; the seed is fixed.
 */
class ResamplersTest {

    private static final long SEED = 20260101;
    private static final double Z = 5.5;
    private static final int REPETITIONS = 20_000;

    /** Among them zeros at both ends, a tie, one above 1/N by far, and one so small that its offspring are rare. */
    private static final double[] WEIGHTS =
            normalised(0, 0, 3, 1, 1, 0.5, 7, 0, 2.25, 0.01, 4, 1.5, 1.5, 0.75, 0.3, 0);

    static Stream<Entry<? extends Resampler>> entries() { return Resamplers.CATALOGUE.entries().stream(); }

    static Stream<Arguments> entriesAndCounts() {
        return entries().flatMap(entry -> Stream.of(7, 16, 40).map(count -> Arguments.of(entry, count)));
    }

    @ParameterizedTest
    @MethodSource("entriesAndCounts")
    void offspringHaveTheirExpectedNumberAndNoMoreNoiseThanMultinomial(Entry<? extends Resampler> entry, int count) {
        int size = WEIGHTS.length;
        double[] sum = new double[size];
        double[] squares = new double[size];
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            int[] offspring = offspring(entry, WEIGHTS, count, repetition);
            for (int i = 0; i < size; i++) {
                sum[i] += offspring[i];
                squares[i] += (double) offspring[i] * offspring[i];
            }
        }
        for (int i = 0; i < size; i++) {
            double w = WEIGHTS[i];
            double multinomial = count * w * (1 - w);
            double mean = sum[i] / REPETITIONS;
            assertThat(mean).as("mean offspring of particle %d", i)
                    .isCloseTo(count * w, within(Z * Math.sqrt(multinomial / REPETITIONS) + 1e-12));
            double variance = squares[i] / REPETITIONS - mean * mean;
            // The sample variance of a binomial: relative variance (kurtosis - 1)/R, kurtosis = 3 + (1 - 6w(1-w))/(n w (1-w)).
            double kurtosis = w == 0 ? 3 : 3 + (1 - 6 * w * (1 - w)) / multinomial;
            assertThat(variance).as("variance of the offspring of particle %d", i)
                    .isLessThanOrEqualTo(multinomial * (1 + Z * Math.sqrt((kurtosis - 1) / REPETITIONS)) + 1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("entriesAndCounts")
    void particlesOfWeightZeroAreNeverChosen(Entry<? extends Resampler> entry, int count) {
        for (int repetition = 0; repetition < 2_000; repetition++) {
            int[] offspring = offspring(entry, WEIGHTS, count, repetition);
            for (int i = 0; i < WEIGHTS.length; i++) {
                if (WEIGHTS[i] == 0) {
                    assertThat(offspring[i]).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void oneParticleWithAllTheWeightHasAllTheOffspring(Entry<? extends Resampler> entry) {
        for (int heavy : new int[] {0, 5, 15}) {
            double[] weights = new double[16];
            weights[heavy] = 1;
            assertThat(ancestors(entry, weights, 16, 1)).containsOnly(heavy);
            assertThat(ancestors(entry, weights, 3, 1)).containsOnly(heavy);
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void ancestorsAscend(Entry<? extends Resampler> entry) {
        for (int repetition = 0; repetition < 200; repetition++) {
            assertThat(ancestors(entry, WEIGHTS, 16, repetition)).isSorted();
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void theAddressDecidesTheAncestors(Entry<? extends Resampler> entry) {
        assertThat(ancestors(entry, WEIGHTS, 40, 3)).containsExactly(ancestors(entry, WEIGHTS, 40, 3));
        long distinct = Stream.iterate(0, step -> step + 1).limit(50)
                .map(step -> Arrays.toString(ancestors(entry, WEIGHTS, 40, step))).distinct().count();
        assertThat(distinct).isGreaterThan(3);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void aTotalThatIsNotQuiteOneLosesNobody(Entry<? extends Resampler> entry) {
        double[] weights = new double[1000];
        Arrays.fill(weights, 1e-3 * (1 - 1e-9));
        int[] chosen = ancestors(entry, weights, 1000, 2);
        assertThat(Arrays.stream(chosen).filter(i -> i >= 0 && i < 1000).count()).isEqualTo(1000);
        if (!entry.name().equals("multinomial") && !entry.name().equals("stratified")) {
            assertThat(Arrays.stream(chosen).distinct().count()).isGreaterThanOrEqualTo(998);
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void oneAmongAMillionTinyWeightsKeepsItsShare(Entry<? extends Resampler> entry) {
        int size = 100_000;
        double[] weights = new double[size];
        Arrays.fill(weights, 0.5 / (size - 1));
        weights[size - 1] = 0.5;
        int mine = (int) Arrays.stream(ancestors(entry, weights, 1000, 4)).filter(i -> i == size - 1).count();
        assertThat(mine).isBetween(500 - 88, 500 + 88); // 5.5 x sqrt(250)
    }

    @ParameterizedTest
    @MethodSource("entries")
    void allWeightsZeroIsAProgrammingError(Entry<? extends Resampler> entry) {
        assertThatThrownBy(() -> ancestors(entry, new double[8], 8, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one must be positive");
    }

    @ParameterizedTest
    @MethodSource("entries")
    void systematicAndSspGiveFloorOrCeilingAndResidualAtLeastFloor(Entry<? extends Resampler> entry) {
        boolean tight = List.of("systematic", "ssp").contains(entry.name());
        boolean certain = tight || entry.name().equals("residual");
        for (int repetition = 0; repetition < 2_000; repetition++) {
            int[] offspring = offspring(entry, WEIGHTS, 40, repetition);
            for (int i = 0; i < WEIGHTS.length; i++) {
                double expected = 40 * WEIGHTS[i];
                assertThat(offspring[i]).isLessThan(tight ? (int) Math.ceil(expected) + 1 : 41)
                        .isGreaterThanOrEqualTo(certain ? (int) Math.floor(expected) : 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void nothingIsAllocated(Entry<? extends Resampler> entry) {
        Resampler resampler = entry.build().apply(Settings.of("type", entry.name()));
        Randomness random = Randomness.of(SEED, "allocation");
        int[] ancestors = new int[1024];
        double[] weights = new double[1024];
        Arrays.fill(weights, 1.0 / 1024);
        double[] spare = new double[2 * (1024 + 1024) + 16];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5000 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int step = 0; step < 50; step++) {
                resampler.resample(weights, 1024, ancestors, 1024, random, step, round, spare);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }

    private static int[] offspring(Entry<? extends Resampler> entry, double[] weights, int count, int step) {
        int[] offspring = new int[weights.length];
        for (int ancestor : ancestors(entry, weights, count, step)) {
            offspring[ancestor]++;
        }
        return offspring;
    }

    private static int[] ancestors(Entry<? extends Resampler> entry, double[] weights, int count, int step) {
        Resampler resampler = entry.build().apply(Settings.of("type", entry.name()));
        int[] ancestors = new int[count];
        double[] spare = new double[2 * (count + weights.length) + 16];
        resampler.resample(weights, weights.length, ancestors, count, Randomness.of(SEED, entry.name()), step, 0, spare);
        return ancestors;
    }

    private static double[] normalised(double... weights) {
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / total).toArray();
    }
}
