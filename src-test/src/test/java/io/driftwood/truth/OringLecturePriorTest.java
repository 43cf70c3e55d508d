package io.driftwood.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Prediction;
import io.driftwood.inference.summary.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The O-ring launches under the lecture's improper prior, e^alpha ~ Exponential(mean b) and flat d beta: nothing can be said
 * until the data hold a failure and a success, which is at STS-2.
 */
class OringLecturePriorTest {

    private static final JsonNode TRUTH = Reference.of("oring").get("lecture_prior_flat_beta");
    private static final double LOG_EVIDENCE = -14.0563289;
    private static final double[][] LAUNCHES = Table.of("oring").rows(List.of("failure", "temp_f"));
    private static final Prediction[] PREDICTIONS = Stream.of(31, 45, 60, 65)
            .map(f -> new Prediction("p_fail_" + f + "F", new double[] {Double.NaN, f})).toArray(Prediction[]::new);

    private static Model model() { return Setup.model("oring", "prior", "lecture"); }

    @Test
    void theFirstLaunch_isKeptAndNothingIsSaid() {
        Recursion recursion = Recursion.of(model(), Setup.sampler(), PREDICTIONS);

        PosteriorSummary first = recursion.feed(LAUNCHES[0]);
        PosteriorSummary second = recursion.feed(LAUNCHES[1]);

        assertThat(first.state()).isEqualTo("buffering");
        assertThat(first.seq()).isEqualTo(1);
        assertThat(new double[] {first.logEvidence(), first.logEvidenceIncrement(), first.logEvidenceSe(), first.ess()}).containsOnly(Double.NaN);
        for (Quantity quantity : first.parameters()) {
            assertThat(quantity.mean()).isNaN();
            assertThat(quantity.sd()).isNaN();
            assertThat(quantity.quantiles()).containsOnly(Double.NaN);
        }
        assertThat(second.state()).isEqualTo("running");
        assertThat(Arrays.stream(second.parameters()).mapToDouble(Quantity::mean).toArray()).doesNotContain(Double.NaN);
        assertThat(second.logEvidence()).isFinite();
    }

    @Test
    void launchesOfOneKindOnly_areKeptHoweverManyThereAre() {
        Recursion recursion = Recursion.of(model(), Setup.sampler());
        for (int t = 2; t < 8; t++) {
            assertThat(recursion.feed(LAUNCHES[t]).state()).isEqualTo("buffering");
        }
        assertThat(recursion.feed(LAUNCHES[8]).state()).isEqualTo("running");
    }

    /** 16 seeds, 13 t tests. The start is an annealed walk from a widened Laplace approximation, and its evidence is the normaliser. */
    @Test
    void theLastLaunch_hasTheEvidenceAndTheMomentsOfQuadrature() {
        Estimates estimates = new Estimates();
        for (int seed = 1; seed <= 16; seed++) {
            PosteriorSummary summary =
                    Recursion.of(model(), Setup.sampler("particles", 2048L, "seed", (long) seed), PREDICTIONS).feedToEnd(LAUNCHES);
            estimates.add("evidence", LOG_EVIDENCE, summary.logEvidence());
            assertThat(summary.logEvidence() - LOG_EVIDENCE).as("error at seed %d", seed).isBetween(-0.15, 0.15);
            Stream.concat(Arrays.stream(summary.parameters()), Arrays.stream(summary.derived())).forEach(quantity -> {
                JsonNode truth = TRUTH.get(quantity.name());
                estimates.add(quantity.name(), truth.get("mean").asDouble(), quantity.mean());
                estimates.add(quantity.name() + " sd", truth.get("sd").asDouble(), quantity.sd());
            });
        }
        estimates.assertUnbiased();
    }
}
