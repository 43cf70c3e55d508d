package io.driftwood.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.truth.Significance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every quantity of every case is uniform: by the Kolmogorov-Smirnov distance, by its mean (a posterior that is shifted), and by its
 * spread about 1/2 (too narrow or too wide). At {@link #REPLICATES} replicates a shift of 0.25 posterior sd fails, or an sd wrong by 15 %.
 */
class CalibrationTest {

    private static final int REPLICATES = 500;
    private static final long SEED = 20260104;
    /** Tests that share the suite's budget; {@link #theBudgetIsEnough} counts them. */
    private static final int TESTS = 1500;

    static Stream<CalibrationCase> cases() { return CalibrationCases.all(); }

    @ParameterizedTest
    @MethodSource("cases")
    void theTruth_standsAnywhereInItsPosterior(CalibrationCase c) { assertCalibrated(c, REPLICATES, SEED); }

    /** 20 times the replicates, fresh seeds: a shift of 0.06 posterior sd. */
    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("cases")
    void theTruth_standsAnywhereInItsPosteriorAtFreshSeeds(CalibrationCase c) {
        assertCalibrated(c, 20 * REPLICATES, ThreadLocalRandom.current().nextLong());
    }

    private static void assertCalibrated(CalibrationCase c, int replicates, long seed) {
        System.out.println("calibrates " + c + " with seed " + seed);
        Calibration calibration = Calibration.run(c, replicates, seed);
        List<String> wrong = new ArrayList<>();
        calibration.uniforms.forEach((quantity, u) -> {
            double[] spread = Arrays.stream(u).map(v -> (v - 0.5) * (v - 0.5)).toArray();
            double[] p = {Significance.ofUniform(u), Significance.ofMean(u, 0.5), Significance.ofMean(spread, 1.0 / 12)};
            if (!Arrays.stream(p).allMatch(one -> one >= Significance.level(TESTS))) {
                wrong.add("%s: mean %.4f, spread %.4f times that of a uniform, p = %.1e (KS), %.1e (mean), %.1e (spread)".formatted(
                        quantity, Significance.mean(u), 12 * Significance.mean(spread), p[0], p[1], p[2]));
            }
        });
        assertThat(wrong).as("%s, seed %d", c, seed).isEmpty();
        assertThat(calibration.refused).as("observations refused").isZero();
    }

    @Test
    void theBudgetIsEnough() {
        // A parameter's place and its place between quantiles, and the log-likelihood: each by three tests.
        int tests = cases().mapToInt(c -> 3 * (2 * c.model().parameters().parameters().size() + 1)).sum();
        assertThat(tests).isLessThan(TESTS);
    }
}
