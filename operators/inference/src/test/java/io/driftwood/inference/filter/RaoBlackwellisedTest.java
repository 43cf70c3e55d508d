package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.dynamics.ConditionallyLinear;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.particle.Resamplers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Regimes: against every path of them, each weighed exactly. */
class RaoBlackwellisedTest {

    private static final double NO = Double.NaN;
    private static final double[] SERIES = {0.2, 1.5, NO, 2.7, 2.4, -0.4, 0.1, 3.0};
    private static final double[][] TRANSITION = {{0.9, 0.1}, {0.25, 0.75}};
    private static final Map<String, Object> CALM = Map.of("innovation-variance", 0.1, "noise-variance", 0.3, "persistence", 0.9);
    private static final Map<String, Object> WILD = Map.of("mean", 2.0, "innovation-variance", 1.0, "noise-variance", 0.5, "persistence", 0.5);

    private static StateSpaceModel switching() {
        return Run.model("markov-switching", "response", "y", "regimes", List.of(CALM, WILD),
                "transition", List.of(List.of(0.9, 0.1), List.of(0.25, 0.75)), "initial", Map.of("mean", 0.0, "variance", 1.0));
    }

    private static Filter filter(StateSpaceModel model, FilterSetup setup) {
        return new ParticleFilter(model, new RaoBlackwellisedProposal((ConditionallyLinear) model), false, setup);
    }

    /** All 2^T paths: probability of the path times the Kalman filter's likelihood; sums of value and regime at the end. */
    private static double[] enumerate(ConditionallyLinear model) {
        double evidence = 0;
        double value = 0;
        double wild = 0;
        for (int path = 0; path < 1 << SERIES.length; path++) {
            double weight = 0.5;
            double[] m = new double[1];
            double[] p = new double[1];
            model.initial(new double[] {path & 1}, m, p);
            for (int t = 0; t < SERIES.length; t++) {
                int regime = path >> t & 1;
                double[] condition = {regime};
                if (t > 0) {
                    weight *= TRANSITION[path >> (t - 1) & 1][regime];
                    double[] f = new double[1];
                    double[] c = new double[1];
                    double[] q = new double[1];
                    model.transition(condition, Moment.after(1), f, c, q);
                    m[0] = f[0] * m[0] + c[0];
                    p[0] = f[0] * f[0] * p[0] + q[0];
                }
                if (SERIES[t] == SERIES[t]) {
                    double r = regime == 0 ? 0.3 : 0.5;
                    double s = p[0] + r;
                    double away = SERIES[t] - m[0];
                    weight *= Math.exp(-0.5 * away * away / s) / Math.sqrt(2 * Math.PI * s);
                    m[0] += p[0] / s * away;
                    p[0] -= p[0] * p[0] / s;
                }
            }
            evidence += weight;
            value += weight * m[0];
            wild += weight * (path >> (SERIES.length - 1) & 1);
        }
        return new double[] {Math.log(evidence), value / evidence, wild / evidence};
    }

    /** 40,000 particles: sd of the log-evidence about 0.008, of the moments about 0.005 (20 seeds); 5 of them. */
    @Test
    void switching_agreesWithEnumeration() {
        double[] exact = enumerate((ConditionallyLinear) switching());
        Run run = Run.of(switching(), 40_000, 2, RaoBlackwellisedTest::filter).feedAll(SERIES);
        assertThat(run.state.logEvidence).isCloseTo(exact[0], within(0.04));
        assertThat(run.mean(1)).isCloseTo(exact[1], within(0.03));
        assertThat(run.mean(0)).isCloseTo(exact[2], within(0.025));
        Run bootstrap = Run.of(switching(), 100_000, 2, Run::bootstrap).feedAll(SERIES);
        assertThat(bootstrap.state.logEvidence).isCloseTo(exact[0], within(0.06));
        assertThat(bootstrap.mean(0)).isCloseTo(exact[2], within(0.03));
    }

    static Stream<String> resamplers() { return Resamplers.CATALOGUE.names().stream(); }

    /** 1000 runs of 64 particles, with every resampler; within 5 standard errors: false alarm 6e-7 each. */
    @ParameterizedTest
    @MethodSource("resamplers")
    void evidence_isUnbiased(String resampler) {
        StateSpaceModel model = switching();
        double exact = enumerate((ConditionallyLinear) model)[0];
        Filter filter = filter(model, Run.setup(model, 64, Resamplers.CATALOGUE.build(Settings.of("type", resampler))));
        double sum = 0;
        double squares = 0;
        int runs = 1000;
        for (int seed = 0; seed < runs; seed++) {
            double ratio = Math.exp(new Run(filter, seed).feedAll(SERIES).state.logEvidence - exact);
            sum += ratio;
            squares += ratio * ratio;
        }
        double mean = sum / runs;
        double standardError = Math.sqrt((squares / runs - mean * mean) / runs);
        assertThat(standardError).isLessThan(0.02);
        assertThat(mean).isCloseTo(1, within(5 * standardError));
    }

    @Test
    void oneRegime_isTheKalmanFilterWithoutNoise() {
        Map<String, Object> only = Map.of("innovation-variance", 1469.1, "noise-variance", 15099.0);
        StateSpaceModel model = Run.model("markov-switching", "response", "y", "regimes", List.of(only),
                "transition", List.of(List.of(1.0)), "initial", Map.of("mean", 1000.0, "variance", 1e6));
        Run run = Run.of(model, 16, 1, RaoBlackwellisedTest::filter).feedAll(Run.nile());
        assertThat(run.state.logEvidence).isCloseTo(-640.3805408207313, within(1e-9));
        assertThat(run.mean(1)).isCloseTo(798.3702926083641, within(1e-9));
        assertThat(run.variance(1)).isCloseTo(4032.157941808477, within(1e-8));
        assertThat(run.info.resampled).isFalse();
    }
}
