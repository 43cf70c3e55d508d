package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.dynamics.LinearGaussian;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.SystematicResampler;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many particles are in use. Seeds are fixed. */
class ParticleCountTest {

    private static final double Z99 = 2.3263478740408408;
    private static final StateSpaceModel MODEL = Run.model("local-level", "response", "y", "noise-variance", 0.5, "level-variance", 0.6,
            "initial", Map.of("mean", 0.0, "variance", 25.0));

    private static Run run(String filter, int most, double error, long least, int seed) {
        Settings adapt = Settings.of("error", error, "confidence", 0.99, "box", List.of(0.5), "least", least);
        return new Run(Filters.CATALOGUE.build(Settings.of("type", filter, "adapt", adapt))
                .with(MODEL, Run.setup(MODEL, most, new SystematicResampler())), seed);
    }

    private static int inUse(PosteriorSummary summary) {
        return (int) Arrays.stream(summary.derived()).filter(q -> q.name().equals("particles-in-use")).findFirst().orElseThrow().mean();
    }

    /** The formula is Wilson and Hilferty's approximation of a chi-squared quantile over 2 eps, good to 1 % from 5 boxes on. */
    @ParameterizedTest
    @ValueSource(ints = {5, 20, 100, 1000})
    void number_isAQuantileOfChiSquared(int boxes) {
        ParticleCount count = new ParticleCount(0.05, Z99, new double[] {1}, 8, 1_000_000);
        double exact = new ChiSquaredDistribution(boxes - 1).inverseCumulativeProbability(0.99) / 0.1;
        assertThat((double) count.needed(boxes)).isCloseTo(exact, within(0.01 * exact + 1));
        assertThat(new ParticleCount(0.05, Z99, new double[] {1}, 8, 100).needed(1000)).isEqualTo(100);
        assertThat(count.needed(1)).isEqualTo(8);
    }

    @Test
    void boxes_areThoseThatWeightsWouldChoose() {
        Particles x = new Particles(8, 2);
        double[] first = {0.1, 0.9, 1.1, -0.1, 5, 5, 7, 9};
        for (int i = 0; i < 8; i++) {
            x.set(0, i, first[i]);
            x.set(1, i, i == 1 ? 3 : 0);
        }
        ParticleCount count = new ParticleCount(0.05, Z99, new double[] {1, 2}, 8, 8);
        double[] even = new double[8];
        Arrays.fill(even, 1.0 / 8);
        assertThat(count.occupied(x, even, 8)).isEqualTo(7);
        assertThat(count.occupied(x, new double[] {0.25, 0.25, 0.25, 0.25}, 4)).isEqualTo(4);
        assertThat(count.occupied(x, new double[] {0, 0, 0, 0, 0.5, 0.5, 0, 0}, 8)).isEqualTo(1);
    }

    /** Vague at first, then known to about 1, then left alone for a while: few, then many again. */
    @Test
    void number_followsTheSpread() {
        Run run = run("bootstrap", 8192, 0.05, 16, 1);
        run.feed(0.2);
        assertThat(inUse(run.summary())).isEqualTo(8192);
        int known = inUse(run.feedAll(new double[] {0.3, 0.1, 0.4, 0.2}).summary());
        assertThat(known).isBetween(60, 400);
        for (int t = 0; t < 60; t++) {
            run.feed(Double.NaN);
        }
        int spread = inUse(run.summary());
        assertThat(spread).isGreaterThan(3 * known);
        assertThat(run.feedAll(new double[] {0.3, 0.1, 0.4, 0.2}).summary().ess()).isLessThanOrEqualTo(inUse(run.summary()) + 1e-6);
        assertThat(Arrays.stream(run.state.weights.normalised).sum()).isCloseTo(1, within(1e-9));
        Run again = run("bootstrap", 8192, 0.05, 16, 1).feedAll(new double[] {0.2, 0.3, 0.1, 0.4, 0.2});
        assertThat(inUse(again.summary())).isEqualTo(known);
    }

    /** The number follows from the past only: the mean of p-hat / p over 2,000 runs is 1, to 5 of its standard errors; false alarm 6e-7 a case. */
    @ParameterizedTest
    @ValueSource(strings = {"bootstrap", "guided", "auxiliary"})
    void evidence_isUnbiased(String filter) {
        double[] series = {0.3, 1.9, Double.NaN, 2.8, 2.1, 4.0, 0.5, 1.1};
        double[] elapsed = new double[series.length];
        Arrays.fill(elapsed, 1);
        double[][] y = Arrays.stream(series).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
        double exact = new JointGaussian((LinearGaussian) MODEL, elapsed, y).logLikelihood();
        double sum = 0;
        double squares = 0;
        int fewest = Integer.MAX_VALUE;
        int runs = 2000;
        for (int seed = 0; seed < runs; seed++) {
            Run run = run(filter, 256, 0.2, 8, seed).feedAll(series);
            double ratio = Math.exp(run.state.logEvidence - exact);
            sum += ratio;
            squares += ratio * ratio;
            fewest = Math.min(fewest, inUse(run.summary()));
        }
        double mean = sum / runs;
        double error = Math.sqrt((squares / runs - mean * mean) / runs);
        assertThat(fewest).isLessThan(64);
        assertThat(error).isLessThan(0.06);
        assertThat(mean).isCloseTo(1, within(5 * error));
        assertThat(run(filter, 256, 0.2, 8, 1).feedAll(series).summary().evidenceKind()).isEqualTo("unbiased");
    }
}
