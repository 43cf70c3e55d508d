package io.driftwood.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Michelson's 100 speeds of light as a stream under conjugate models. By sufficient statistics every number is a closed form; by
 * particles that never heard of it, it is the same within Monte Carlo error.
 */
class MichelsonTruthTest {

    private static final double[][] SPEEDS = Table.of("michelson_morley_1879").rows(List.of("speed_minus_299000_km_s"));
    private static final JsonNode KNOWN = Reference.of("streaming_oracles").get("michelson_normal_known_sd");
    private static final JsonNode UNKNOWN = Reference.of("streaming_oracles").get("michelson_nig");

    private static Model knownVariance() {
        return Setup.model("normal-known-variance", "response", "speed", "sd", 80.0, "prior", Map.of("mean", 700.0, "sd", 300.0));
    }

    /** variance ~ InverseGamma(2, 12800), mean | variance ~ N(700, variance / 0.1). */
    private static Model unknownVariance() {
        return Setup.model("normal", "response", "speed", "prior", Map.of("mean", 700.0, "weight", 0.1, "shape", 2.0, "scale", 12800.0));
    }

    @Test
    void knownVariance_isExactAtEveryStepOfTheReference() {
        List<PosteriorSummary> summaries = Recursion.of(knownVariance(), Setup.sampler()).feedAll(SPEEDS);

        for (JsonNode step : KNOWN.get("steps")) {
            PosteriorSummary summary = summaries.get(step.get("n").asInt() - 1);
            assertThat(Summaries.mean(summary, "mean")).isCloseTo(step.get("mean").asDouble(), within(1e-8));
            assertThat(Summaries.sd(summary, "mean")).isCloseTo(step.get("sd").asDouble(), within(1e-8));
            assertThat(summary.logEvidence()).isCloseTo(step.get("log_evidence").asDouble(), within(1e-8));
            assertThat(summary.evidenceKind()).isEqualTo("exact");
            assertThat(summary.logEvidenceSe()).isZero();
        }
        assertThat(KNOWN.get("steps")).hasSize(4);
    }

    /** The marginal of the mean is Student t with 2a degrees of freedom; its 95 % quantile by the reference's a, b, kappa. */
    @Test
    void unknownVariance_isExact() {
        PosteriorSummary summary = Recursion.of(unknownVariance(), Setup.sampler()).feedToEnd(SPEEDS);

        JsonNode truth = UNKNOWN.get("post");
        double a = truth.get("a").asDouble();
        double b = truth.get("b").asDouble();
        double mean = truth.get("mean_mu").asDouble();
        assertThat(Summaries.mean(summary, "mean")).isCloseTo(mean, within(1e-8));
        assertThat(Summaries.sd(summary, "mean")).isCloseTo(truth.get("sd_mu").asDouble(), within(1e-8));
        assertThat(Summaries.mean(summary, "variance")).isCloseTo(truth.get("mean_sigma2").asDouble(), within(1e-8));
        assertThat(Summaries.sd(summary, "variance")).isCloseTo(b / (a - 1) / Math.sqrt(a - 2), within(1e-8));
        assertThat(summary.logEvidence()).isCloseTo(UNKNOWN.get("log_evidence").asDouble(), within(1e-8));
        // scipy.stats.t(104).ppf(0.95) = 1.6596374
        double scale = Math.sqrt(b / a / truth.get("kappa").asDouble());
        assertThat(Summaries.quantity(summary, "mean").quantiles()[2]).isCloseTo(mean + 1.6596374 * scale, within(1e-5));
        assertThat(Summaries.quantity(summary, "mean").quantiles()[1]).isCloseTo(mean, within(1e-8));
    }

    /** 16 seeds. The first speed is worth 15 prior precisions, so that it is let in by degrees or costs a rejuvenation. */
    @ParameterizedTest
    @ValueSource(strings = {"hmc", "mala"})
    void knownVariance_isTheSameByParticles(String transition) {
        Estimates estimates = new Estimates();
        for (int seed = 1; seed <= 16; seed++) {
            List<PosteriorSummary> summaries = Recursion.of(knownVariance(),
                    Setup.sampler("particles", 1000L, "seed", (long) seed, "transition", transition), Setup.history("full")).feedAll(SPEEDS);
            for (JsonNode step : KNOWN.get("steps")) {
                PosteriorSummary summary = summaries.get(step.get("n").asInt() - 1);
                String n = "n = " + summary.seq() + " ";
                estimates.add(n + "mean", step.get("mean").asDouble(), Summaries.mean(summary, "mean"));
                estimates.add(n + "sd", step.get("sd").asDouble(), Summaries.sd(summary, "mean"));
                estimates.add(n + "evidence", step.get("log_evidence").asDouble(), summary.logEvidence());
            }
        }
        estimates.assertUnbiased();
    }

    static Stream<String> inexact() { return Exactness.transitions(false); }

    /** Mean of 8 seeds: what is labelled biased is near on a posterior without walls, and says that it is biased. */
    @ParameterizedTest
    @MethodSource("inexact")
    void inexactTransitions_endNearbyAndSaySo(String transition) {
        JsonNode end = KNOWN.get("steps").get(3);
        double evidence = 0;
        double mean = 0;
        double sd = 0;
        for (int seed = 1; seed <= 8; seed++) {
            PosteriorSummary summary = Recursion.of(knownVariance(),
                    Setup.sampler("particles", 1000L, "seed", (long) seed, "transition", transition), Setup.history("full")).feedToEnd(SPEEDS);
            assertThat(summary.evidenceKind()).isEqualTo("biased");
            assertThat(summary.bias()).isNotBlank();
            evidence += summary.logEvidence() / 8;
            mean += Summaries.mean(summary, "mean") / 8;
            sd += Summaries.sd(summary, "mean") / 8;
        }
        assertThat(evidence).isCloseTo(end.get("log_evidence").asDouble(), within(0.3));
        assertThat(mean).isCloseTo(end.get("mean").asDouble(), within(0.2 * end.get("sd").asDouble()));
        assertThat(sd / end.get("sd").asDouble()).isBetween(0.8, 1.2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dula", "dmala", "two-stage"})
    void transitionsOnFiniteSets_areRefusedForAModel(String transition) {
        assertThatThrownBy(() -> Recursion.of(knownVariance(), Setup.sampler("transition", transition), Setup.history("full")))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("transition").hasMessageContaining("finite set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmc", "mala"})
    void unknownVariance_isTheSameByParticles(String transition) {
        JsonNode truth = UNKNOWN.get("post");
        Estimates estimates = new Estimates();
        for (int seed = 1; seed <= 16; seed++) {
            PosteriorSummary summary = Recursion.of(unknownVariance(),
                    Setup.sampler("particles", 2000L, "seed", (long) seed, "transition", transition), Setup.history("full")).feedToEnd(SPEEDS);
            estimates.add("mean", truth.get("mean_mu").asDouble(), Summaries.mean(summary, "mean"));
            estimates.add("mean's sd", truth.get("sd_mu").asDouble(), Summaries.sd(summary, "mean"));
            estimates.add("variance", truth.get("mean_sigma2").asDouble(), Summaries.mean(summary, "variance"));
            estimates.add("evidence", UNKNOWN.get("log_evidence").asDouble(), summary.logEvidence());
        }
        estimates.assertUnbiased();
    }

    /** Five experiments of twenty runs are five keys: each is its own posterior, whatever comes in between. */
    @Test
    void experiments_asKeysAreFivePosteriors() {
        double[][] rows = Table.of("michelson_morley_1879").rows(List.of("expt", "speed_minus_299000_km_s"));
        Recursion recursion = Recursion.of(knownVariance(), Setup.sampler());
        double[] sums = new double[6];
        for (int shuffled = 0; shuffled < 100; shuffled++) {
            double[] row = rows[(37 * shuffled) % 100];
            sums[(int) row[0]] += row[1];
            PosteriorSummary summary = recursion.feed("expt " + (int) row[0], row[1]);
            double precision = 1 / 90000.0 + summary.seq() / 6400.0;
            assertThat(Summaries.mean(summary, "mean")).isCloseTo((700 / 90000.0 + sums[(int) row[0]] / 6400.0) / precision, within(1e-8));
        }
        assertThat(recursion.state("expt 5").assimilated).isEqualTo(20);
    }
}
