package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.particle.SystematicResampler;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Brownian motion of unknown scales: against quadrature over both scales, the path integrated exactly. */
class SmcSquaredTest {

    private static final double NO = Double.NaN;
    private static final double[] SERIES = {0.2, 0.5, 0.1, NO, NO, 1.1, 1.6, 1.2, 1.9, 2.3, 1.8, 2.2};
    private static final StateSpaceModel MODEL = Run.model("brownian", "response", "y", "prior-sd", 1.0);

    /** log evidence, and E log s: a grid of 241 x 241 points over 6 prior deviations of log s and log o; halving it changes neither by 1e-9. */
    private static double[] quadrature() {
        int points = 241;
        double width = 12.0 / (points - 1);
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < points; j++) {
                double a = -6 + i * width;
                double b = -6 + j * width;
                double weight = Math.exp(logLikelihood(Math.exp(2 * a), Math.exp(2 * b)) - 0.5 * (a * a + b * b)) / (2 * Math.PI) * width * width;
                sum += weight;
                weighted += weight * a;
            }
        }
        return new double[] {Math.log(sum), weighted / sum};
    }

    private static double logLikelihood(double s2, double o2) {
        double mean = 0;
        double variance = 0;
        double log = 0;
        for (double y : SERIES) {
            variance += s2;
            if (y == y) {
                double total = variance + o2;
                log += -0.5 * Math.log(2 * Math.PI * total) - 0.5 * (y - mean) * (y - mean) / total;
                mean += variance / total * (y - mean);
                variance *= o2 / total;
            }
        }
        return log;
    }

    private static double meanLogScale(Run run) {
        double sum = 0;
        for (int i = 0; i < run.state.particles.size; i++) {
            sum += run.state.weights.normalised[i] * Math.log(Math.log1p(Math.exp(run.state.particles.get(0, i))));
        }
        return sum;
    }

    /**
     * "auto" has a Kalman filter for each pair of scales. The mean over runs is asked to be within 5 of its standard errors, and the bias of a
     * logarithm, half a variance: false alarm 6e-7 each.
     */
    @ParameterizedTest
    @CsvSource({"auto, 400, 12, 0.2", "smc-squared, 200, 6, 0.25"})
    void evidenceAndPosterior_areThoseOfQuadrature(String filter, int particles, int runs, double mostNoise) {
        double[] exact = quadrature();
        double[] log = new double[runs];
        double[] scale = new double[runs];
        Filter built = Filters.CATALOGUE.build(Settings.of("type", filter, "state-particles", 64L, "most-state-particles", 512L, "moves", 3L))
                .with(MODEL, Run.setup(MODEL, particles, new SystematicResampler()));
        for (int seed = 0; seed < runs; seed++) {
            Run run = new Run(built, seed).feedAll(SERIES);
            log[seed] = run.state.logEvidence;
            scale[seed] = meanLogScale(run);
        }
        assertMean(log, exact[0], mostNoise);
        assertMean(scale, exact[1], mostNoise);
    }

    /** The same with a particle filter for each pair of scales. */
    @Test
    void particleFiltersInside_giveTheSame() {
        double[] exact = quadrature();
        int runs = 12;
        double[] log = new double[runs];
        double[] scale = new double[runs];
        for (int seed = 0; seed < runs; seed++) {
            Run run = new Run(new SmcSquared(MODEL, new BootstrapProposal(MODEL), Run.setup(MODEL, 200, new SystematicResampler()), 32, 256, 3), seed)
                    .feedAll(SERIES);
            log[seed] = run.state.logEvidence;
            scale[seed] = meanLogScale(run);
        }
        assertMean(log, exact[0], 0.4);
        assertMean(scale, exact[1], 0.3);
    }

    private static void assertMean(double[] values, double exact, double mostNoise) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
        assertThat(Math.sqrt(variance)).isLessThan(mostNoise);
        assertThat(mean).isCloseTo(exact, within(5 * Math.sqrt(variance / values.length) + variance / 2));
    }

    /** Filters whose likelihoods are too noisy for their constants to move get more particles, and answer as before. */
    @Test
    void particlesOfTheFilters_doubleWhenFewMovesAreAccepted() {
        Run run = new Run(new SmcSquared(MODEL, new BootstrapProposal(MODEL), Run.setup(MODEL, 200, new SystematicResampler()), 8, 512, 2), 3);
        run.feedAll(SERIES).feedAll(SERIES);
        assertThat(run.state.statistics[Scored.reserved(MODEL)]).isGreaterThanOrEqualTo(16);
        assertThat(run.state.history.count).isEqualTo(2 * SERIES.length);
    }

    @Test
    void impossibleMeasurement_isRefusedAndForgotten() {
        Run run = new Run(Filters.CATALOGUE.build(Settings.of("type", "auto")).with(MODEL, Run.setup(MODEL, 100, new SystematicResampler())), 1);
        run.feed(0.1).feed(1e200);
        assertThat(run.info.rejection).contains("no particle explains");
        double before = run.state.logEvidence;
        run.feed(0.3);
        assertThat(run.info.rejection).isNull();
        assertThat(run.state.logEvidence).isFinite().isNotEqualTo(before);
    }
}
