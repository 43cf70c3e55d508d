package io.driftwood.inference.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.target.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The normaliser of a normal in three dimensions, e^1.7, from a reference three times too wide and one off. Statistical assertions are at five standard errors:
 * a false alarm each of 6e-7 for normal estimates.
 */
class EvidenceTest {

    private static final double LOG_Z = 1.7;
    private static final Problem GAUSSIAN = Sampling.gaussian(3, 1, 0.5, LOG_Z, 1.5);

    private static Sampler unbiased(String name) {
        return switch (name) {
            case "importance" -> Sampling.sampler("importance");
            case "hais" -> Sampling.sampler("hais", "temperatures", 30L);
            case "ais" -> Sampling.sampler("ais", "temperatures", 8L, "transition", "mala");
            case "smc" -> Sampling.sampler("smc", "unbiased", true, "share", 0.5, "transition", "mala");
            case "smc, weights carried" -> Sampling.sampler("smc", "unbiased", true, "share", 0.7, "ess-threshold", 0.5, "criterion", "ess");
            default -> Sampling.sampler("smc", "unbiased", true, "share", 0.5, "rejuvenate", "waste-free");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"importance", "ais", "hais", "smc", "smc, weights carried", "smc, waste-free"})
    void estimatesCalledUnbiased_areSo(String name) {
        double[] ratios = new double[500];
        double[] squaredErrors = new double[ratios.length];
        for (int run = 0; run < ratios.length; run++) {
            Evidence evidence = unbiased(name).draw(GAUSSIAN, 64, 1, Sampling.run(11, run)).evidence();
            assertThat(evidence.kind()).isEqualTo(Evidence.Kind.UNBIASED);
            ratios[run] = Math.exp(evidence.log() - LOG_Z);
            squaredErrors[run] = evidence.standardError() * evidence.standardError();
        }
        double[] mean = Sampling.meanAndError(ratios);
        assertThat(Math.abs(mean[0] - 1)).as("mean of exp(log Z estimate - log Z) over runs: %s +- %s", mean[0], mean[1]).isLessThan(5 * mean[1]);
        double spread = mean[1] * Math.sqrt(ratios.length);
        assertThat(Math.sqrt(Sampling.meanAndError(squaredErrors)[0]) / spread).as("%s: error stated over spread found", name).isBetween(0.6, 1.4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smc", "simulated-tempering", "replica-exchange"})
    void consistentEstimates_areWithinTheirError(String name) {
        Evidence evidence = Sampling.sampler(name).draw(GAUSSIAN, 1024, 20, Sampling.run(12, 0)).evidence();
        assertThat(evidence.kind()).isEqualTo(Evidence.Kind.CONSISTENT);
        assertThat(evidence.standardError()).isBetween(1e-4, 0.1);
        assertThat(Math.abs(evidence.log() - LOG_Z)).as("%s", evidence).isLessThan(5 * evidence.standardError());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ais", "smc"})
    void bidirectionalBounds_bracketTheTruth(String name) {
        Sampler sampler = name.equals("ais") ? Sampling.sampler(name, "temperatures", 10L, "bounds", true)
                : Sampling.sampler(name, "unbiased", true, "bounds", true);
        double[] below = new double[100];
        double[] above = new double[below.length];
        for (int run = 0; run < below.length; run++) {
            Draws draws = sampler.draw(GAUSSIAN, 16, 1, Sampling.run(13, run));
            below[run] = draws.evidence().log() - LOG_Z;
            above[run] = draws.evidence().upper() - LOG_Z;
        }
        double[] low = Sampling.meanAndError(below);
        double[] high = Sampling.meanAndError(above);
        assertThat(low[0]).as("lower bound, +- %s", low[1]).isLessThan(5 * low[1]).isGreaterThan(-0.5);
        assertThat(high[0]).as("upper bound, +- %s", high[1]).isGreaterThan(-5 * high[1]).isLessThan(0.5);
        assertThat(high[0] - low[0]).isGreaterThan(0);
    }

    @Test
    void backwardWeights_areUnbiasedForTheInverse() {
        Sampler sampler = Sampling.sampler("ais", "temperatures", 6L, "transition", "mala", "bounds", true);
        double[] ratios = new double[400];
        for (int run = 0; run < ratios.length; run++) {
            ratios[run] = Math.exp(LOG_Z - sampler.draw(GAUSSIAN, 32, 1, Sampling.run(14, run)).evidence().upper());
        }
        double[] mean = Sampling.meanAndError(ratios);
        assertThat(Math.abs(mean[0] - 1)).as("mean of Z / Z estimate: %s +- %s", mean[0], mean[1]).isLessThan(5 * mean[1]);
    }

    @Test
    void importanceWeightedBound_risesWithTheNumberOfWeights() {
        double[] of = new double[4];
        for (int k = 0; k < of.length; k++) {
            Sampler sampler = Sampling.sampler("importance", "bound-of", (long) Math.pow(5, k));
            of[k] = sampler.draw(GAUSSIAN, 50_000, 1, Sampling.run(15, 0)).facts().get("importance-weighted-bound");
        }
        assertThat(of).isSorted();
        assertThat(of[3]).isLessThan(LOG_Z + 0.05);
        assertThat(LOG_Z - of[0]).isGreaterThan(10 * (LOG_Z - of[3]));
    }

    /** E log w = log Z - KL(q0, p), in closed form for normals: ln(.5/1.5) + (1.5^2 + 1)/(2 .5^2) - 1/2 a coordinate. */
    @Test
    void boundOfOneWeight_isTheRelativeEntropyBelow() {
        Draws draws = Sampling.sampler("importance", "bound-of", 1L).draw(GAUSSIAN, 100_000, 1, Sampling.run(16, 0));
        double divergence = 3 * (Math.log(0.5 / 1.5) + (1.5 * 1.5 + 1) / (2 * 0.25) - 0.5);
        double error = draws.facts().get("importance-weighted-bound-se");
        assertThat(draws.facts().get("lower-bound")).isCloseTo(LOG_Z - divergence, within(5 * error));
    }

    @Test
    void referenceThatIsTheTarget_givesTheNormaliserExactly() {
        Problem same = Sampling.gaussian(3, 0, 1.5, LOG_Z, 1.5);
        for (String name : List.of("importance", "ais", "smc")) {
            Draws draws = Sampling.sampler(name).draw(same, 64, 1, Sampling.run(17, 0));
            assertThat(draws.evidence().log()).as(name).isCloseTo(LOG_Z, within(1e-12));
            assertThat(draws.evidence().standardError()).as(name).isLessThan(1e-7);
        }
    }
}
