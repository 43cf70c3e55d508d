package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.particle.SystematicResampler;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What guidance is for: less noise from the same particles, and the same answer. */
class GuidedFilterTest {

    private static final double[] RETURNS = {0.1, -2.5, 0.4, 3.1, -0.2, 0.05, -1.2, 0.9, 4.0, -0.1};
    private static final double[] COUNTS = {3, 9, 25, 60, 180, 170, 90, 40, 20, 4};

    private static FilterMethod named(String type) { return Filters.CATALOGUE.build(Settings.of("type", type)); }

    /** Mean and standard deviation of the log-evidence over 60 seeds. */
    private static double[] evidence(String filter, StateSpaceModel model, int particles, double[] series) {
        Filter built = named(filter).with(model, Run.setup(model, particles, new SystematicResampler()));
        double sum = 0;
        double squares = 0;
        for (int seed = 0; seed < 60; seed++) {
            double log = new Run(built, seed).feedAll(series).state.logEvidence;
            sum += log / 60;
            squares += log * log / 60;
        }
        return new double[] {sum, Math.sqrt(squares - sum * sum)};
    }

    /** Counts that double: a bootstrap filter lags behind. Standard errors are sd/sqrt(60) and the bias of a logarithm is half a variance. */
    @Test
    void langevinDrift_lowersTheNoiseOfCounts() {
        StateSpaceModel model = Run.model("log-rate", "response", "y", "rate-variance", 0.6, "initial", Map.of("mean", 1.0, "variance", 0.5));
        assertLessNoise(model, COUNTS, "guided");
        assertLessNoise(model, COUNTS, "auxiliary");
    }

    @Test
    void locallyOptimalProposal_lowersTheNoiseOfNile() {
        StateSpaceModel model = Run.model("local-level", "response", "y", "noise-variance", 0.05, "level-variance", 1.0,
                "initial", Map.of("mean", 0.0, "variance", 1.0));
        assertLessNoise(model, RETURNS, "guided");
        assertLessNoise(model, RETURNS, "auxiliary");
    }

    private static void assertLessNoise(StateSpaceModel model, double[] series, String filter) {
        double[] plain = evidence("bootstrap", model, 2000, series);
        double[] guided = evidence(filter, model, 2000, series);
        assertThat(guided[1]).as("noise of %s", filter).isLessThan(0.7 * plain[1]);
        double error = Math.hypot(plain[1], guided[1]) / Math.sqrt(60);
        double bias = (plain[1] * plain[1] + guided[1] * guided[1]) / 2;
        assertThat(guided[0]).isCloseTo(plain[0], within(5 * error + bias));
    }

    @Test
    void volatility_isTheSameUnderEveryFilter() {
        StateSpaceModel model = Run.model("stochastic-volatility", "response", "y", "mean", 0.0, "persistence", 0.9, "volatility", 0.5);
        double[] plain = evidence("bootstrap", model, 5000, RETURNS);
        for (String filter : new String[] {"guided", "auxiliary"}) {
            double[] other = evidence(filter, model, 5000, RETURNS);
            assertThat(other[0]).isCloseTo(plain[0], within(5 * Math.hypot(plain[1], other[1]) / Math.sqrt(60) + 1e-3));
        }
    }
}
