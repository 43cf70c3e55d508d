package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.dynamics.LinearGaussian;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.particle.SystematicResampler;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of some records ago, told again. Seeds are fixed. */
class SmoothingTest {

    private static final double NO = Double.NaN;

    private static Run run(StateSpaceModel model, String filter, long lag, int particles, int seed) {
        Settings settings = Settings.of("type", filter, "smoothing-lag", lag);
        return new Run(Filters.CATALOGUE.build(settings).with(model, Run.setup(model, particles, new SystematicResampler())), seed);
    }

    private static Quantity derived(PosteriorSummary summary, String name) {
        return Arrays.stream(summary.derived()).filter(q -> q.name().equals(name)).findFirst().orElseThrow();
    }

    private static double[][] column(double[] series) { return Arrays.stream(series).mapToObj(v -> new double[] {v}).toArray(double[][]::new); }

    /** At every record, against the joint normal law of all states so far, conditioned by solving. */
    @ParameterizedTest
    @ValueSource(longs = {1, 5})
    void nile_isSmoothedExactly(long lag) {
        double[] nile = Run.nile();
        Run run = run(Run.nileModel(), "kalman", lag, 8, 1);
        for (int t = 0; t < 40; t++) {
            Quantity smoothed = derived(run.feed(nile[t]).summary(), "level.smoothed[" + lag + "]");
            if (t < lag) {
                assertThat(smoothed.mean()).isNaN();
                continue;
            }
            double[] elapsed = new double[t + 1];
            Arrays.fill(elapsed, 1);
            JointGaussian joint = new JointGaussian((LinearGaussian) Run.nileModel(), elapsed, column(Arrays.copyOf(nile, t + 1)));
            assertThat(smoothed.mean()).isCloseTo(joint.meanOf(t - (int) lag)[0], within(1e-6));
            assertThat(smoothed.sd() * smoothed.sd()).isCloseTo(joint.covarianceOf(t - (int) lag)[0][0], within(1e-6 * 1e4));
        }
        assertThat(run.feedAll(Arrays.copyOfRange(nile, 40, 100)).state.logEvidence).isCloseTo(-640.3805408, within(1e-6));
    }

    /** Two columns, a gap, and a record that the model refuses nothing of. */
    @Test
    void trend_isSmoothedExactly() {
        StateSpaceModel model = Run.model("local-linear-trend", "response", "y", "noise-variance", 0.5, "slope-variance", 0.1, "level-variance", 0.2,
                "initial", Map.of("mean", 1.0, "variance", 2.0));
        double[] series = {1.1, NO, 2.5, 2.1, NO, 0.3};
        double[] elapsed = {1, 1, 1, 1, 1, 1};
        JointGaussian joint = new JointGaussian((LinearGaussian) model, elapsed, column(series));
        PosteriorSummary summary = run(model, "kalman", 3, 8, 1).feedAll(series).summary();
        String slope = summary.parameters()[1].name();
        assertThat(derived(summary, slope + ".smoothed[3]").mean()).isCloseTo(joint.meanOf(2)[1], within(1e-9));
        assertThat(Math.pow(derived(summary, slope + ".smoothed[3]").sd(), 2)).isCloseTo(joint.covarianceOf(2)[1][1], within(1e-9));
    }

    /**
     * With 20,000 particles some 2,000 distinct ancestors bear the smoothed state; its standard deviation is below 60: 5 of 60/sqrt(2000) is 6.7. Quantiles
     * err by twice that.
     */
    @ParameterizedTest
    @ValueSource(strings = {"bootstrap", "guided", "auxiliary"})
    void particles_agreeWithTheExactSmoother(String filter) {
        double[] nile = Run.nile();
        Run exact = run(Run.nileModel(), "kalman", 4, 8, 1);
        Run run = run(Run.nileModel(), filter, 4, 20_000, 5);
        for (int t = 0; t < 60; t++) {
            exact.feed(t == 30 ? NO : nile[t]);
            run.feed(t == 30 ? NO : nile[t]);
            if (t > 10) {
                Quantity should = derived(exact.summary(), "level.smoothed[4]");
                Quantity is = derived(run.summary(), "level.smoothed[4]");
                assertThat(is.mean()).isCloseTo(should.mean(), within(7.0));
                assertThat(is.sd()).isCloseTo(should.sd(), within(5.0));
                assertThat(is.quantiles()[0]).isCloseTo(should.quantiles()[0], within(14.0));
            }
        }
    }

    @Test
    void smoothing_changesNothingOfTheFilter() {
        for (String filter : new String[] {"kalman", "bootstrap", "auxiliary"}) {
            Run with = run(Run.nileModel(), filter, 7, 300, 1).feedAll(Run.nile());
            Run without = run(Run.nileModel(), filter, 0, 300, 1).feedAll(Run.nile());
            assertThat(with.state.logEvidence).isEqualTo(without.state.logEvidence);
            assertThat(with.mean(0)).isEqualTo(without.mean(0));
        }
    }

    /** A key that was saved by a job without smoothing, or with another lag, is smoothed from its next record on. */
    @ParameterizedTest
    @ValueSource(strings = {"kalman", "bootstrap"})
    void savedKey_isSmoothedFromItsNextRecord(String filter) {
        double[] nile = Run.nile();
        Run all = run(Run.nileModel(), filter, 2, 500, 1);
        Run late = run(Run.nileModel(), filter, 2, 500, 1);
        int shorter = run(Run.nileModel(), filter, 0, 500, 1).state.statistics.length;
        for (int t = 0; t < 20; t++) {
            all.feed(nile[t]);
            late.feed(nile[t]);
            if (t == 9) {
                late.state.statistics = Arrays.copyOf(late.state.statistics, shorter);
                assertThat(derived(late.summary(), "level.smoothed[2]").mean()).isNaN();
            }
        }
        assertThat(derived(late.summary(), "level.smoothed[2]").mean()).isCloseTo(derived(all.summary(), "level.smoothed[2]").mean(), within(1e-9));
    }
}
