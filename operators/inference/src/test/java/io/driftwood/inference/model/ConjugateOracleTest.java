package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed forms on Michelson's 100 speeds of 1879 against values computed independently, and against the same models as particles see them. */
class ConjugateOracleTest {

    private static final String FIELD = "speed_minus_299000_km_s";

    private final Scratch scratch = new Scratch();

    @ParameterizedTest
    @CsvSource({
        "1, 840.0414937759336, 77.2987951680997, -6.773770518317269",
        "5, 895.2234881682734, 35.525354785040214, -33.37498249018902",
        "20, 908.2595217006202, 17.856826518772124, -125.42469990372724",
        "100, 852.2917036773852, 7.997157071694164, -582.133278459141"})
    void knownVarianceFollowsMichelson(int n, double mean, double sd, double logEvidence) {
        Exact exact = new Exact(new NormalKnownVariance(FIELD, 80, 700, 300), n);
        assertThat(exact.model.mean(exact.statistics, 0)).isCloseTo(mean, within(1e-8));
        assertThat(exact.model.standardDeviation(exact.statistics, 0)).isCloseTo(sd, within(1e-8));
        assertThat(exact.logEvidence).isCloseTo(logEvidence, within(1e-8));
    }

    @Test
    void unknownVarianceFollowsMichelson() {
        Exact exact = new Exact(new NormalUnknownVariance(FIELD, 700, 0.1, 2, 12800), 100);
        assertThat(exact.logEvidence).isCloseTo(-583.6609451931357, within(1e-8));
        assertThat(exact.model.mean(exact.statistics, 0)).isCloseTo(852.2477522477523, within(1e-8));
        assertThat(exact.model.standardDeviation(exact.statistics, 0)).isCloseTo(7.95390492818556, within(1e-8));
        assertThat(exact.model.mean(exact.statistics, 1)).isCloseTo(6332.786821022115, within(1e-8));
        assertThat(exact.statistics).usingComparatorWithPrecision(1e-6).containsExactly(852.2477522477523, 100.1, 52.0, 322972.12787212786);
    }

    /** log p(theta) + log p(y | theta) - log p(theta | y) is the log-evidence at every theta: all constants of all three densities. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void particlesSeeTheSameEvidenceEverywhere(int n) {
        Exact known = new Exact(new NormalKnownVariance(FIELD, 80, 700, 300), n);
        double[] s = known.statistics;
        assertEvidence(known, new NormalKnownVariance(FIELD, 80, s[0], 1 / Math.sqrt(s[1])), n);
        Exact unknown = new Exact(new NormalUnknownVariance(FIELD, 700, 0.1, 2, 12800), n);
        double[] t = unknown.statistics;
        assertEvidence(unknown, new NormalUnknownVariance(FIELD, t[0], t[1], t[2], t[3]), n);
    }

    private void assertEvidence(Exact exact, Model posteriorAsPrior, int n) {
        Particles theta = new Particles(50, exact.model.parameters().dimension());
        posteriorAsPrior.samplePrior(theta, Randomness.of(1, "evidence"), 0, scratch);
        Rows rows = TestData.encoded("michelson_morley_1879.csv", exact.model);
        double[] joint = new double[theta.stride];
        exact.model.addLogPrior(theta, joint, null, scratch);
        exact.model.addLogLikelihood(theta, rows, 0, n, joint, null, scratch);
        double[] posterior = new double[theta.stride];
        posteriorAsPrior.addLogPrior(theta, posterior, null, scratch);
        for (int i = 0; i < theta.size; i++) {
            assertThat(joint[i] - posterior[i]).isCloseTo(exact.logEvidence, within(1e-8));
        }
    }

    /**
     * Quantiles, moments and draws tell one story: the share of 100,000 draws below a quantile is its level, and their mean the mean. 5.5
     * standard errors, 22 comparisons: false alarm below 1e-6 over seeds.
     */
    @Test
    void drawsAgreeWithQuantilesAndMoments() {
        for (Exact exact : List.of(new Exact(new NormalKnownVariance(FIELD, 80, 700, 300), 20),
                new Exact(new NormalUnknownVariance(FIELD, 700, 0.1, 2, 12800), 6))) {
            Particles theta = new Particles(100_000, exact.model.parameters().dimension());
            exact.model.sample(exact.statistics, theta, Randomness.of(2, "draws"), 3, scratch);
            double[] people = new double[exact.model.parameters().parameters().size() * theta.stride];
            exact.model.parameters().constrain(theta, people, scratch);
            for (int k = 0; k < theta.dimension; k++) {
                double[] draws = Arrays.copyOfRange(people, k * theta.stride, k * theta.stride + theta.size);
                for (double p : new double[] {0.01, 0.05, 0.5, 0.9, 0.99}) {
                    double quantile = exact.model.quantile(exact.statistics, k, p);
                    double below = Arrays.stream(draws).filter(x -> x < quantile).count() / 1e5;
                    assertThat(below).as("below quantile %s of %d", p, k).isCloseTo(p, within(5.5 * Math.sqrt(p * (1 - p) / 1e5)));
                }
                double sd = exact.model.standardDeviation(exact.statistics, k);
                assertThat(Arrays.stream(draws).average().orElseThrow())
                        .isCloseTo(exact.model.mean(exact.statistics, k), within(5.5 * sd / Math.sqrt(1e5)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.001, 0.5, 1", "0.05, 2, 12800", "0.5, 52, 322972", "0.999, 1000, 3", "0.9, 0.02, 1"})
    void inverseGammaQuantilesInvertTheDistributionFunction(double p, double shape, double scale) {
        double x = Quantiles.inverseGamma(p, shape, scale);
        assertThat(org.hipparchus.special.Gamma.regularizedGammaQ(shape, scale / x)).isCloseTo(p, within(1e-11));
    }

    @Test
    void momentsThatDoNotExistAreNaN() {
        NormalUnknownVariance model = new NormalUnknownVariance(FIELD, 0, 1, 0.4, 1);
        double[] statistics = new double[4];
        model.initialise(statistics);
        assertThat(model.mean(statistics, 0)).isNaN();
        assertThat(model.mean(statistics, 1)).isNaN();
        assertThat(model.standardDeviation(statistics, 0)).isNaN();
        assertThat(model.standardDeviation(statistics, 1)).isNaN();
    }

    /** A conjugate model and what it knows after the first n speeds. */
    private static final class Exact {
        final ConjugateModel model;
        final double[] statistics;
        double logEvidence;

        Exact(ConjugateModel model, int n) {
            this.model = model;
            this.statistics = new double[model.statisticsLength()];
            model.initialise(statistics);
            Rows rows = TestData.encoded("michelson_morley_1879.csv", model);
            for (int r = 0; r < n; r++) {
                double[] row = {rows.values[r]};
                logEvidence += model.logPredictive(statistics, row);
                model.update(statistics, row);
            }
        }
    }
}
