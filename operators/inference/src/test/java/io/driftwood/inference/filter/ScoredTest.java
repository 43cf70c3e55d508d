package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.numeric.StandardNormal;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.SystematicResampler;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter says before it sees. Seeds are fixed. */
class ScoredTest {

    private static final double[] LEVELS = {0.05, 0.5, 0.95};
    private static final StateSpaceModel LEVEL = Run.model("local-level", "response", "y", "noise-variance", 1.0, "level-variance", 0.3,
            "initial", Map.of("mean", 0.0, "variance", 1.0));

    private static Run run(StateSpaceModel model, String filter, int particles, int seed, int... ahead) {
        Filter inner = Filters.CATALOGUE.build(Settings.of("type", filter, "lag", 1L, "moves", 2L)).with(model, Run.setup(model, particles, new SystematicResampler()));
        return new Run(new Scored(inner, LEVELS, ahead, Double.POSITIVE_INFINITY), seed);
    }

    private static Quantity derived(PosteriorSummary summary, String name) {
        return Arrays.stream(summary.derived()).filter(q -> q.name().equals(name)).findFirst().orElseThrow();
    }

    /** A path of the model itself. */
    private static double[] simulated(StateSpaceModel model, int length, String key) {
        Randomness random = Randomness.of(99, key);
        Scratch scratch = new Scratch();
        Particles x = new Particles(1, model.dimension());
        double[] out = new double[8];
        double[] series = new double[length];
        Moment moment = Moment.after(1);
        for (int t = 0; t < length; t++) {
            if (t == 0) {
                model.drawInitial(x, moment, random, 1, 0, scratch);
            } else {
                model.propagate(x, moment, random, t + 1, 0, scratch);
            }
            model.drawObservation(x, moment, out, random, t + 1, 0, scratch);
            series[t] = out[0];
        }
        return series;
    }

    /** 2,000 transforms: Kolmogorov-Smirnov by Massart's bound, 2 exp(-2 n D^2) below 1e-6 is an alarm. */
    @ParameterizedTest
    @ValueSource(strings = {"kalman", "bootstrap", "guided", "auxiliary", "resample-move"})
    void transforms_areUniformWhenTheModelIsRight(String filter) {
        double[] series = simulated(LEVEL, 2000, "calibrated");
        Run run = run(LEVEL, filter, 500, 1);
        double[] pit = new double[series.length];
        double drift = 0;
        for (int t = 0; t < series.length; t++) {
            PosteriorSummary summary = run.feed(series[t]).summary();
            pit[t] = derived(summary, "y.pit").mean();
            drift = Math.max(drift, derived(summary, "y.drift").mean());
        }
        assertThat(uniformity(pit)).isGreaterThan(1e-6);
        assertThat(drift).as("2,000 records, an alarm at 1e6 would be false once in 1e6").isLessThan(1e6);
    }

    /** A filter that believes in a tenth of the noise: its transforms crowd at the ends, and the detector sees it. */
    @Test
    void wrongNoise_isSeen() {
        double[] series = simulated(LEVEL, 300, "calibrated");
        StateSpaceModel wrong = Run.model("local-level", "response", "y", "noise-variance", 0.1, "level-variance", 0.03,
                "initial", Map.of("mean", 0.0, "variance", 1.0));
        Run run = run(wrong, "kalman", 100, 1);
        int seen = 0;
        while (seen < series.length && derived(run.feed(series[seen++]).summary(), "y.drift").mean() < 1e4) {
            continue;
        }
        assertThat(seen).isLessThan(100);
    }

    /** On average no sooner than A records: 400 streams of true uniforms, stopped at an evidence of 50. Their mean is asked to be above 50 less 5 errors. */
    @Test
    void falseAlarms_areAsRareAsStated() {
        Random random = new Random(8);
        double sum = 0;
        double squares = 0;
        for (int stream = 0; stream < 400; stream++) {
            double[] state = new double[DriftDetector.LENGTH];
            int length = 0;
            while (DriftDetector.evidence(state, 0) < 50) {
                DriftDetector.observe(random.nextDouble(), state, 0);
                length++;
            }
            sum += length / 400.0;
            squares += (double) length * length / 400;
        }
        assertThat(sum).isGreaterThan(50 - 5 * Math.sqrt((squares - sum * sum) / 400));
    }

    /** The detector's ways to be wrong are densities: each integrates to 1, so that the evidence grows by 1 a record on average. */
    @Test
    void waysToBeWrong_areDensities() {
        double[] mean = new double[DriftDetector.LENGTH];
        int points = 400_000;
        double[] state = new double[DriftDetector.LENGTH];
        for (int i = 0; i < points; i++) {
            // A change of variable that puts points where the densities are steep.
            double s = (i + 0.5) / points;
            double smooth = s * s * s * (10 - 15 * s + 6 * s * s);
            double slope = 30 * s * s * (1 - s) * (1 - s);
            if (smooth == 0 || smooth == 1) {
                continue;
            }
            Arrays.fill(state, 0);
            DriftDetector.observe(smooth, state, 0);
            for (int k = 0; k < mean.length; k++) {
                mean[k] += state[k] * slope / points;
            }
        }
        for (double m : mean) {
            assertThat(m).isCloseTo(1, within(1e-3));
        }
    }

    /** In closed form, and the exact score of a normal: sd (z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi)). */
    @Test
    void predictions_areThoseOfTheExactFilter() {
        Run run = run(LEVEL, "kalman", 100, 5, 1, 4).feed(0.3).feed(1.1);
        double mean = run.mean(0);
        double variance = run.variance(0);
        PosteriorSummary now = run.summary();
        double sd4 = Math.sqrt(variance + 4 * 0.3 + 1);
        assertThat(derived(now, "y.ahead[1]").mean()).isCloseTo(mean, within(1e-12));
        assertThat(derived(now, "y.ahead[4]").sd()).isCloseTo(sd4, within(1e-12));
        assertThat(derived(now, "y.ahead[4]").quantiles()[2]).isCloseTo(mean + 1.6448536269514722 * sd4, within(1e-11));
        double sd = Math.sqrt(variance + 1.3);
        PosteriorSummary next = run.feed(mean + 2 * sd).summary();
        double exact = sd * (2 * (2 * 0.9772498680518208 - 1) + 2 * Math.exp(-2) / Math.sqrt(2 * Math.PI) - 1 / Math.sqrt(Math.PI));
        assertThat(derived(next, "y.expected").mean()).isCloseTo(mean, within(1e-12));
        assertThat(derived(next, "y.expected").quantiles()[2]).isCloseTo(mean + 1.6448536269514722 * sd, within(1e-11));
        assertThat(derived(next, "y.crps").mean()).isCloseTo(exact, within(1e-12));
        assertThat(derived(next, "y.pit").mean()).isCloseTo(0.9772498680518208, within(1e-12));
        assertThat(derived(run.feed(Double.NaN).summary(), "y.pit").mean()).isNaN();
    }

    /** 128 and 1,024 draws of a normal: to 5 standard errors. */
    @Test
    void predictions_ofParticlesAreDrawn() {
        Run exact = run(LEVEL, "kalman", 100, 5, 4).feed(0.3).feed(1.1);
        Run run = run(LEVEL, "bootstrap", 20_000, 5, 4).feed(0.3).feed(1.1);
        double mean = exact.mean(0);
        double sd = Math.sqrt(exact.variance(0) + 1.3);
        Quantity ahead = derived(exact.summary(), "y.ahead[4]");
        assertThat(derived(run.summary(), "y.ahead[4]").mean()).isCloseTo(ahead.mean(), within(5 * ahead.sd() / Math.sqrt(1024)));
        assertThat(derived(run.summary(), "y.ahead[4]").sd()).isCloseTo(ahead.sd(), within(5 * ahead.sd() / Math.sqrt(2048)));
        PosteriorSummary next = run.feed(mean + 2 * sd).summary();
        PosteriorSummary exactly = exact.feed(mean + 2 * sd).summary();
        assertThat(derived(next, "y.expected").mean()).isCloseTo(mean, within(5 * sd / Math.sqrt(128)));
        assertThat(derived(next, "y.crps").mean()).isCloseTo(derived(exactly, "y.crps").mean(), within(5 * sd / Math.sqrt(128)));
        assertThat(derived(next, "y.pit").mean()).isBetween(0.9, 1.0);
    }

    /**
     * Two regimes that are drawn anew at every record: what a Rao-Blackwellised filter foresees is a mixture of two normals, whose weights are counted
     * among 128 draws (error 0.044), and all else is exact.
     */
    @Test
    void predictions_ofRegimesAreMixtures() {
        StateSpaceModel model = Run.model("markov-switching", "response", "y",
                "regimes", List.of(Map.of("mean", 0.0, "persistence", 0.0, "innovation-variance", 1.0, "noise-variance", 0.5),
                        Map.of("mean", 4.0, "persistence", 0.0, "innovation-variance", 2.0, "noise-variance", 0.5)),
                "transition", List.of(List.of(0.5, 0.5), List.of(0.5, 0.5)), "initial", Map.of("mean", 0.0, "variance", 1.0));
        Run run = run(model, "rao-blackwellised", 2000, 4, 1).feed(0.3).feed(1.1);
        NormalMixture exact = new NormalMixture(2);
        exact.set(0, 0, 1.5);
        exact.set(1, 4, 2.5);
        assertThat(derived(run.summary(), "y.ahead[1]").quantiles()[1]).isCloseTo(exact.quantile(0.5), within(0.6));
        PosteriorSummary next = run.feed(3).summary();
        double share = derived(next, "y.expected").mean() / 4;
        assertThat(share).isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(128)));
        assertThat(derived(next, "y.expected").sd()).isCloseTo(Math.sqrt(1.5 + share + 16 * share * (1 - share)), within(1e-9));
        double phi0 = StandardNormal.cdf(3 / Math.sqrt(1.5));
        double phi1 = StandardNormal.cdf(-1 / Math.sqrt(2.5));
        assertThat(derived(next, "y.pit").mean()).isCloseTo((1 - share) * phi0 + share * phi1, within(1e-12));
    }

    @Test
    void scoring_changesNothingOfTheFilter() {
        for (String filter : new String[] {"kalman", "bootstrap", "auxiliary", "resample-move"}) {
            Run with = run(LEVEL, filter, 200, 1, 3);
            Run without = new Run(Filters.CATALOGUE.build(Settings.of("type", filter, "lag", 1L, "moves", 2L))
                    .with(LEVEL, Run.setup(LEVEL, 200, new SystematicResampler())), 1);
            for (double y : new double[] {0.3, 1.1, 2.5, -1, 0.7}) {
                with.feed(y).summary();
                without.feed(y);
                assertThat(with.state.logEvidence).isEqualTo(without.state.logEvidence);
            }
        }
    }

    /** Massart's bound on the probability of so large a Kolmogorov-Smirnov distance. */
    private static double uniformity(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        double distance = 0;
        for (int i = 0; i < sorted.length; i++) {
            distance = Math.max(distance, Math.max(sorted[i] - (double) i / sorted.length, (i + 1.0) / sorted.length - sorted[i]));
        }
        return 2 * Math.exp(-2 * sorted.length * distance * distance);
    }
}
