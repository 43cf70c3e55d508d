package io.driftwood.inference.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.diagnostic.WeightDiagnosis;
import io.driftwood.inference.target.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tuned annealed paths as a sampler. Errors of 5 standard errors: false alarm 6e-7 a comparison, with fixed seeds. */
class AnnealedPathTest {

    private static Problem banana() { return Sampling.problem("banana", "sd", 1.0, "bend", 0.5); }

    /** log Z = 0 and mean 0, from each start by each method. */
    @Test
    void draw_estimatesTheEvidenceAndTheMean() {
        for (String start : List.of("reference", "diagonal", "full")) {
            for (String method : List.of("ula", "uha", "ldvi", "ldvi-mixed", "ldvi-exact", "uha-em")) {
                Draws draws = Sampling.sampler("annealed-path", "start", start, "method", method, "iterations", 300L, "start-iterations", 200L)
                        .draw(banana(), 4096, 1, Sampling.run(31, 0));
                assertThat(draws.evidence().kind()).isEqualTo(Evidence.Kind.UNBIASED);
                assertThat(draws.evidence().log()).as("%s from %s: %s", method, start, draws.evidence()).isCloseTo(0, within(5 * draws.evidence().standardError()));
                assertThat(draws.evidence().standardError()).isLessThan(0.05);
                double error = 1 / Math.sqrt(draws.weights().effectiveSampleSize());
                assertThat(draws.mean(0)).isCloseTo(0, within(5 * error));
                assertThat(draws.facts().get("lower-bound")).isLessThan(draws.evidence().log());
            }
        }
    }

    @Test
    void draw_ofALogisticPosterior_hasEvenWeights() throws IOException {
        List<List<Double>> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/data/ionosphere.csv"));
        for (String line : lines.subList(1, lines.size())) {
            rows.add(Arrays.stream(line.split(",")).map(Double::valueOf).toList());
        }
        Draws draws = Sampling.sampler("annealed-path", "iterations", 1000L, "start-iterations", 500L)
                .draw(Sampling.problem("logistic", "data", rows), 2048, 1, Sampling.run(32, 0));
        assertThat(draws.evidence().log()).isCloseTo(-111.607, within(5 * Math.hypot(0.004, draws.evidence().standardError())));
        assertThat(draws.weights().effectiveSampleSize()).isGreaterThan(0.4 * 2048);
        assertThat(WeightDiagnosis.of(draws.weights().log, 2048).paretoK()).isLessThan(0.7);
    }

    @Test
    void signs_areRefused() {
        assertThat(Sampling.sampler("annealed-path").refusal(Sampling.problem("product-signs", "fields", List.of(0.5)))).contains("signs");
    }
}
