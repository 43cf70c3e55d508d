package io.driftwood.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftwood.inference.assimilate.Rejuvenations;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.particle.Resamplers;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Prediction;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The 23 launches before Challenger under alpha ~ N(0, 20^2), beta ~ N(0, 0.5^2), launch by launch, against quadrature. The same
 * posterior is written twice: as the O-ring model, which moves (alpha + c beta, beta), and as a plain logistic regression on the
 * temperature in °F, whose coefficients are correlated by -0.996.
 */
class OringTruthTest {

    private static final JsonNode REFERENCE = Reference.of("oring");
    private static final JsonNode STEPS = REFERENCE.get("sequential_gaussian_prior_a20_b05").get("steps");
    private static final double LOG_EVIDENCE = -15.7621333;
    private static final Prediction AT_31 = new Prediction("p_fail_31F", new double[] {Double.NaN, 31});
    private static final double[][] LAUNCHES = Table.of("oring").rows(List.of("failure", "temp_f"));

    enum Written {
        ORING("alpha", "beta"), REGRESSION("intercept", "temp_f");

        final String alpha;
        final String beta;

        Written(String alpha, String beta) {
            this.alpha = alpha;
            this.beta = beta;
        }

        Model model() {
            return this == ORING ? Setup.model("oring") : Setup.model("glm", "response", "failure", "features", List.of("temp_f"),
                    "prior", Map.of("intercept", Map.of("type", "normal", "sd", 20.0), "temp_f", Map.of("type", "normal", "sd", 0.5)));
        }
    }

    /** 20 seeds; 161 t tests each. Summed increments are the evidence, and every launch's evidence is held as well. */
    @ParameterizedTest
    @EnumSource
    void everyLaunch_hasTheEvidenceAndTheMomentsOfQuadrature(Written written) {
        Estimates estimates = new Estimates();
        for (int seed = 1; seed <= 20; seed++) {
            Recursion recursion = Recursion.of(written.model(), Setup.sampler("particles", 2048L, "seed", (long) seed), AT_31);
            double sum = 0;
            for (int t = 0; t < LAUNCHES.length; t++) {
                PosteriorSummary summary = recursion.feed(LAUNCHES[t]);
                JsonNode truth = STEPS.get(t);
                String launch = truth.get("flight").asText() + " ";
                sum += summary.logEvidenceIncrement();
                assertThat(summary.logEvidence()).isCloseTo(sum, within(1e-12));
                assertThat(summary.seq()).isEqualTo(t + 1);
                estimates.add(launch + "increment", truth.get("log_increment").asDouble(), summary.logEvidenceIncrement());
                estimates.add(launch + "evidence", truth.get("log_evidence").asDouble(), summary.logEvidence());
                estimates.add(launch + "alpha", truth.get("alpha_mean").asDouble(), Summaries.mean(summary, written.alpha));
                estimates.add(launch + "alpha sd", truth.get("alpha_sd").asDouble(), Summaries.sd(summary, written.alpha));
                estimates.add(launch + "beta", truth.get("beta_mean").asDouble(), Summaries.mean(summary, written.beta));
                estimates.add(launch + "beta sd", truth.get("beta_sd").asDouble(), Summaries.sd(summary, written.beta));
                estimates.add(launch + "31 °F", truth.get("p_fail_31F_mean").asDouble(), Summaries.mean(summary, AT_31.name()));
            }
        }
        estimates.assertUnbiased();
    }

    /** Small steps, well moved: the error's sd is 0.016 by measurement. */
    @ParameterizedTest
    @EnumSource
    void evidence_isWithinFiveHundredthsWith4096Particles(Written written) {
        for (int seed = 1; seed <= 8; seed++) {
            Settings sampler = Setup.sampler("particles", 4096L, "seed", (long) seed, "ess-threshold", 0.97, "conditional-ess", 0.99,
                    "rejuvenate", Map.of("type", "until-moved", "share", 0.9));
            PosteriorSummary summary = Recursion.of(written.model(), sampler).feedToEnd(LAUNCHES);
            assertThat(summary.logEvidence() - LOG_EVIDENCE).as("error at seed %d", seed).isBetween(-0.05, 0.05);
        }
    }

    static Stream<Arguments> samplers() {
        return Exactness.transitions(true).flatMap(transition ->
                Resamplers.CATALOGUE.names().stream().flatMap(resampler ->
                        Rejuvenations.CATALOGUE.names().stream().map(rejuvenation ->
                                Arguments.of(transition, resampler, rejuvenation))));
    }

    /** 12 seeds. */
    @ParameterizedTest
    @MethodSource("samplers")
    void everySampler_endsAtTheSamePosterior(String transition, String resampler, String rejuvenation) {
        JsonNode truth = REFERENCE.get("gaussian_prior_a20_b05");
        Estimates estimates = new Estimates();
        for (int seed = 1; seed <= 12; seed++) {
            Settings sampler = Setup.sampler("particles", 1024L, "seed", (long) seed,
                    "transition", transition, "resampler", resampler, "rejuvenate", rejuvenation);
            PosteriorSummary summary = Recursion.of(Written.ORING.model(), sampler, AT_31).feedToEnd(LAUNCHES);
            estimates.add("evidence", LOG_EVIDENCE, summary.logEvidence());
            for (String name : List.of("alpha", "beta", "p_fail_31F")) {
                estimates.add(name, truth.get(name).get("mean").asDouble(), Summaries.mean(summary, name));
                estimates.add(name + " sd", truth.get(name).get("sd").asDouble(), Summaries.sd(summary, name));
            }
        }
        estimates.assertUnbiased();
    }
}
