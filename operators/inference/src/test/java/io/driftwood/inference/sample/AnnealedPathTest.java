package io.driftwood.inference.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.diagnostic.WeightDiagnosis;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.target.GaussianMixture;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.variational.Extra;
import io.driftwood.inference.variational.Method;
import io.driftwood.inference.variational.TunedPath;
import io.driftwood.inference.variational.TuningRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
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

    /** Every method and every part can be named: with little tuning, the evidence stays within 6 of its errors; 26 comparisons. */
    @Test
    void draw_byEveryMethodAndPart_estimatesTheEvidence() {
        for (String method : Arrays.stream(Method.values()).map(TunedPath::nameOf).toList()) {
            within6("method", method);
        }
        for (Extra part : EnumSet.complementOf(EnumSet.of(Extra.CONTROLLED))) {
            within6("parts", List.of(TunedPath.nameOf(part)));
        }
        within6("method", "cmcd", "parts", List.of("affine-bridges", "controlled"));
        assertThat(Sampling.sampler("annealed-path", "parts", List.of("network", "affine")).refusal(banana())).contains("not both");
    }

    private static void within6(Object... options) {
        Object[] all = Stream.concat(Arrays.stream(options), Stream.of("iterations", 100L, "start-iterations", 200L)).toArray();
        Draws draws = Sampling.sampler("annealed-path", all).draw(banana(), 4096, 1, Sampling.run(35, 0));
        assertThat(draws.evidence().log()).as("%s: %s", List.of(options), draws.evidence()).isCloseTo(0, within(6 * draws.evidence().standardError()));
    }

    /**
     * Two modes of even weight, 32 of their standard deviations apart. One normal is fitted to one of them and paths never leave it: half the evidence, with a small
     * error. Two strata, laid by paths from a wide start that is not trained, have a mode each. At 5 standard errors: false alarm 6e-7 with a fixed seed.
     */
    @Test
    void draw_inStrata_hasTheEvidenceOfFarModes_whichOneNormalHasHalfOf() {
        Problem modes = new ReferencedProblem(GaussianMixture.isotropic(new double[] {1, 1}, new double[][] {{4, 1, 0}, {-4, -1, 0}}, 0.25),
                GaussianTarget.independent(new double[] {1, 0, 0}, new double[] {3, 3, 3}));
        Draws half = Sampling.sampler("annealed-path", "iterations", 300L, "start-iterations", 400L).draw(modes, 2000, 1, Sampling.run(36, 0));
        assertThat(half.evidence().log()).isCloseTo(-Math.log(2), within(0.02));
        Sampler sampler = Sampling.sampler("annealed-path", "start", "reference", "train-start", false, "strata", List.of(2L),
                "strata-softness", 0.05, "iterations", 300L, "start-iterations", 400L);
        assertThat(sampler.refusal(modes)).isEmpty();
        Draws draws = sampler.draw(modes, 2000, 1, Sampling.run(36, 0));
        assertThat(draws.evidence().kind()).isEqualTo(Evidence.Kind.UNBIASED);
        assertThat(draws.evidence().log()).as("%s", draws.evidence()).isCloseTo(0, within(5 * draws.evidence().standardError()));
        assertThat(draws.evidence().standardError()).isLessThan(0.02);
        assertThat(draws.facts()).containsEntry("strata", 2.0);
        assertThat(draws.facts().get("lower-bound")).isBetween(-0.3, draws.evidence().log());
        double error = 1 / Math.sqrt(draws.weights().effectiveSampleSize());
        assertThat(draws.mean(0)).isCloseTo(0, within(5 * 4 * error));
        assertThatThrownBy(() -> sampler.draw(modes, 3, 1, Sampling.run(36, 0))).hasMessageContaining("3 particles are too few for 2 strata");
        assertThat(Sampling.sampler("annealed-path", "strata", List.of(2L, 2L, 2L)).refusal(banana())).contains("2 dimensions");
    }

    /** The evidence of 20 runs at 5 standard errors: false alarm 6e-7. Nothing is evaluated but the paths. */
    @Test
    void draw_byAGivenTuning_fitsNothingAndIsUnbiased() {
        Settings settings = Samplers.CATALOGUE.find("annealed-path").orElseThrow().defaults();
        PathPreset preset = new PathPreset(settings);
        GaussianTarget coordinates = preset.coordinates(banana(), banana().target(), Sampling.run(33, 0));
        TuningRun run = preset.begin(banana().target(), coordinates, Sampling.run(33, 1));
        run.advance(preset.iterations());
        Learned tuning = preset.tuned(coordinates, run.result()).learned("banana", 4, Observation.NO_TIME, new TreeMap<>(), run.result().bound());
        Sampler sampler = Samplers.CATALOGUE.build(settings.with("tuning", tuning));
        double mean = 0;
        double variance = 0;
        for (int r = 0; r < 20; r++) {
            Draws draws = sampler.draw(banana(), 512, 1, Sampling.run(34, r));
            mean += Math.exp(draws.evidence().log()) / 20;
            variance += Math.pow(draws.evidence().standardError() / 20, 2);
            assertThat(draws.facts()).containsEntry("tuning-version", 4.0).containsEntry(Draws.GRADIENTS, 9.0 * 512);
        }
        assertThat(mean).isCloseTo(1, within(5 * Math.sqrt(variance)));
        assertThat(Math.sqrt(variance)).isLessThan(0.02);
        assertThat(sampler.refusal(Sampling.problem("gaussian", "mean", List.of(0.0, 0.0, 0.0), "sd", List.of(1.0, 1.0, 1.0)))).contains("and here are 3");
    }

    /** The evidence of 16 groups within 8 of its errors, which have 15 degrees of freedom: false alarm 9e-7 each of 2. Paths that cannot be resampled are refused. */
    @Test
    void draw_ofResampledPaths_estimatesTheEvidence() {
        for (double threshold : new double[] {0.9, 1}) {
            Draws draws = Sampling.sampler("annealed-path", "start", "reference", "method", "ula", "iterations", 50L, "ess-threshold", threshold)
                    .draw(banana(), 4096, 1, Sampling.run(36, 0));
            assertThat(draws.evidence().kind()).isEqualTo(Evidence.Kind.UNBIASED);
            assertThat(draws.evidence().log()).as("%s", draws.evidence()).isCloseTo(0, within(8 * draws.evidence().standardError()));
            assertThat(draws.evidence().standardError()).isLessThan(0.05);
            assertThat(draws.facts().get("resamplings")).isGreaterThan(0);
        }
        assertThat(Sampling.sampler("annealed-path", "method", "hvi", "ess-threshold", 0.5).refusal(banana())).contains("no noise");
        assertThat(Sampling.sampler("annealed-path", "method", "hvi").refusal(banana())).isEmpty();
    }

    @Test
    void signs_areRefused() {
        assertThat(Sampling.sampler("annealed-path").refusal(Sampling.problem("product-signs", "fields", List.of(0.5)))).contains("signs");
    }
}
