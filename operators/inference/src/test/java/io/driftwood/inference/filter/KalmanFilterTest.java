package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.filter.dynamics.LinearGaussian;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.particle.SystematicResampler;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exact filter against published numbers, and against the joint normal law of everything written down at once. */
class KalmanFilterTest {

    private static final double NO = Double.NaN;

    private static Run kalman(StateSpaceModel model, Clock clock) {
        return new Run(new KalmanFilter((LinearGaussian) model, Run.setup(model, 64, new SystematicResampler()).summariser(), 64, 0), clock, 1, "key");
    }

    /** Local level of Durbin and Koopman (2012), table 2.1: variances 15099 and 1469.1. */
    @Test
    void nile_hasThePublishedLikelihoodAndMoments() {
        Run run = kalman(Run.nileModel(), new Clock(0)).feedAll(Run.nile());
        assertThat(run.state.logEvidence).isCloseTo(-640.3805408207313, within(1e-9));
        assertThat(run.mean(0)).isCloseTo(798.3702926083641, within(1e-9));
        assertThat(run.variance(0)).isCloseTo(4032.157941808477, within(1e-8));
        assertThat(run.summary().evidenceKind()).isEqualTo("exact");
        assertThat(run.summary().parameters()[0].quantiles()[2]).isCloseTo(798.3702926083641 + 1.6448536269514722 * Math.sqrt(4032.157941808477), within(1e-6));
    }

    static Stream<StateSpaceModel> linearModels() {
        return Stream.of(Run.nileModel(),
                Run.model("local-linear-trend", "response", "y", "noise-variance", 0.5, "slope-variance", 0.1, "level-variance", 0.2,
                        "initial", Map.of("mean", 1.0, "variance", 2.0)),
                Run.model("seasonal", "response", "y", "period", 4L, "noise-variance", 0.3, "level-variance", 0.1, "season-variance", 0.05,
                        "initial", Map.of("mean", 1.0, "variance", 4.0), "initial-season-variance", 2.0),
                Run.model("autoregressive", "response", "y", "coefficients", List.of(0.5, 0.3), "mean", 2.0, "innovation-variance", 1.0, "noise-variance", 0.2));
    }

    /** Gaps of several units, two records at one moment, and missing values. */
    @ParameterizedTest
    @MethodSource("linearModels")
    void irregularAndMissingRecords_areExact(StateSpaceModel model) {
        double[] elapsed = {0, 1, 3, 0, 2, 1, 5};
        double[][] y = {{1.1}, {NO}, {2.5}, {2.1}, {NO}, {0.3}, {1.7}};
        Run run = kalman(model, new Clock(1000));
        long time = 1_000_000;
        for (int t = 0; t < y.length; t++) {
            time += Math.round(1000 * elapsed[t]);
            run.feedAt(time, y[t]);
        }
        JointGaussian joint = new JointGaussian((LinearGaussian) model, elapsed, y);
        assertThat(run.state.logEvidence).isCloseTo(joint.logLikelihood(), within(1e-9));
        for (int j = 0; j < model.dimension(); j++) {
            assertThat(run.mean(j)).as("mean %d", j).isCloseTo(joint.lastMean()[j], within(1e-8));
            assertThat(run.variance(j)).as("variance %d", j).isCloseTo(joint.lastCovariance()[j][j], within(1e-8 * joint.lastCovariance()[j][j] + 1e-10));
        }
    }

    @Test
    void missingValue_isTheSameAsNoRecordAtThatTime() {
        Run with = kalman(Run.nileModel(), new Clock(1)).feedAt(0, 1000).feedAt(1, NO).feedAt(2, 1100);
        Run without = kalman(Run.nileModel(), new Clock(1)).feedAt(0, 1000).feedAt(2, 1100);
        assertThat(with.state.logEvidence).isCloseTo(without.state.logEvidence, within(1e-12));
        assertThat(with.mean(0)).isCloseTo(without.mean(0), within(1e-10));
        assertThat(with.state.assimilated).isEqualTo(3);
    }

    @Test
    void impossibleMeasurement_isRefusedAndMovesTheStateInTimeOnly() {
        Run run = kalman(Run.nileModel(), new Clock(0)).feed(1000).feed(1e200);
        assertThat(run.info.rejection).contains("density zero");
        Run without = kalman(Run.nileModel(), new Clock(0)).feed(1000).feed(NO);
        assertThat(run.state.statistics).isEqualTo(without.state.statistics);
    }

    @Test
    void recordFromThePast_isRefusedAndChangesNothing() {
        Run run = kalman(Run.nileModel(), new Clock(1)).feedAt(10, 1000);
        double[] before = run.state.statistics.clone();
        run.feedAt(9, 500);
        assertThat(run.info.rejection).contains("does not go back");
        assertThat(run.state.statistics).isEqualTo(before);
        assertThat(run.state.rejected).isOne();
    }
}
