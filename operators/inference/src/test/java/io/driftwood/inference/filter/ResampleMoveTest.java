package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.LinearGaussian;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measurements let in by degrees, and moves of the last noises: against the exact answer. */
class ResampleMoveTest {

    private static final double NO = Double.NaN;
    private static final double[] SERIES = {0.3, 1.9, NO, 2.8, 2.1, 4.0, 0.5, 1.1};

    private static Filter filter(StateSpaceModel model, FilterSetup setup, int lag, int moves) {
        return new ResampleMoveFilter((GaussianDynamics) model, setup, lag, moves);
    }

    private static JointGaussian exact(StateSpaceModel model, double[] series) {
        double[] elapsed = new double[series.length];
        Arrays.fill(elapsed, 1);
        return new JointGaussian((LinearGaussian) model, elapsed, Arrays.stream(series).mapToObj(v -> new double[] {v}).toArray(double[][]::new));
    }

    /** A trend, whose noise and state have two columns. Mean over 8 runs of 2,000 particles, within 5 standard errors and a bias of O(1/N). */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void trend_agreesWithTheExactAnswer(int lag) {
        StateSpaceModel model = Run.model("local-linear-trend", "response", "y", "noise-variance", 0.3, "slope-variance", 0.1, "level-variance", 0.2,
                "initial", Map.of("mean", 1.0, "variance", 2.0));
        JointGaussian joint = exact(model, SERIES);
        double[][] found = new double[3][8];
        for (int seed = 0; seed < 8; seed++) {
            Run run = Run.of(model, 2000, seed, (m, s) -> filter(m, s, lag, 4)).feedAll(SERIES);
            found[0][seed] = run.state.logEvidence;
            found[1][seed] = run.mean(0);
            found[2][seed] = run.variance(1);
        }
        assertMean(found[0], joint.logLikelihood(), 0.2);
        assertMean(found[1], joint.lastMean()[0], 0.07);
        assertMean(found[2], joint.lastCovariance()[1][1], 0.07);
    }

    /**
     * A measurement 14 predictive deviations away. A bootstrap filter is left with one particle; degrees bring the population there. The posterior
     * mean is far in the tail of the transition, so that without moves none of this would come out.
     */
    @Test
    void farMeasurement_isLetInByDegrees() {
        StateSpaceModel model = Run.model("local-level", "response", "y", "noise-variance", 0.01, "level-variance", 1.0,
                "initial", Map.of("mean", 0.0, "variance", 1.0));
        double[] series = {0, 0.1, 20, 20.2};
        JointGaussian joint = exact(model, series);
        double[][] found = new double[3][8];
        for (int seed = 0; seed < 8; seed++) {
            Run run = Run.of(model, 2000, seed, (m, s) -> filter(m, s, 1, 12)).feed(0).feed(0.1).feed(20);
            assertThat(run.info.temperingSteps).isGreaterThan(10);
            run.feed(20.2);
            found[0][seed] = run.state.logEvidence;
            found[1][seed] = run.mean(0);
            found[2][seed] = run.variance(0);
        }
        assertThat(Run.of(model, 2000, 1, Run::bootstrap).feed(0).feed(0.1).feed(20).info.ess).isLessThan(1.5);
        assertThat(Arrays.stream(found[0]).average().orElseThrow()).as("log evidence of about -200").isCloseTo(joint.logLikelihood(), within(0.5));
        assertThat(Arrays.stream(found[1]).average().orElseThrow()).isCloseTo(joint.lastMean()[0], within(0.02));
        assertThat(Arrays.stream(found[2]).average().orElseThrow()).isCloseTo(joint.lastCovariance()[0][0], within(0.003));
    }

    @Test
    void firstRecordAndImpossibleRecord_doNotUpsetTheWindow() {
        Run run = Run.of(Run.nileModel(), 200, 1, (m, s) -> filter(m, s, 3, 2)).feed(1e200).feed(1000).feed(NO).feed(1e200).feed(900).feed(950).feed(1010);
        assertThat(run.state.rejected).isEqualTo(2);
        assertThat(run.state.assimilated).isEqualTo(5);
        assertThat(run.state.history.count).isEqualTo(3);
        assertThat(run.mean(0)).isBetween(800.0, 1100.0);
    }

    private static void assertMean(double[] values, double exact, double mostNoise) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
        assertThat(Math.sqrt(variance)).isLessThan(mostNoise);
        assertThat(mean).isCloseTo(exact, within(5 * Math.sqrt(variance / values.length) + 0.003));
    }
}
