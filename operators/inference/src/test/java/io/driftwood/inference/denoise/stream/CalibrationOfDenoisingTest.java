package io.driftwood.inference.denoise.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Truths drawn from the prior fall into every tenth of their posteriors equally often, whatever the recursion: simulation, step and quantiles agree about the model. */
class CalibrationOfDenoisingTest {

    private static final double[] TENTHS = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
    private static final Map<String, ?> PLANE = Map.of("type", "gaussian-mixture", "means", List.of(List.of(-1.0, 0.5), List.of(2.0, -1.0)), "weights", List.of(1.0, 2.0),
            "covariances", List.of(List.of(List.of(1.0, 0.6), List.of(0.6, 2.0)), List.of(List.of(0.5, -0.2), List.of(-0.2, 1.0))));
    private static final Map<String, ?> ROUND = Map.of("type", "gaussian-mixture", "means", List.of(List.of(-1.0, 0.5), List.of(2.0, -1.0)), "sd", 0.8);
    private static final Map<String, ?> NORMAL = Map.of("type", "gaussian-in-noise", "mean", List.of(1.0, 2.0), "worth", 0.5);

    private static final Map<String, Map<String, ?>> KINDS = Map.of(
            "known", Map.of("prior", PLANE, "noise", "s"),
            "scale", Map.of("prior", PLANE, "noise", "s", "unknown-noise", Map.of("shape", 3.0, "rate", 2.0)),
            "conjugate", Map.of("prior", NORMAL, "noise", List.of("s", "t"), "unknown-noise", Map.of("shape", 3.0, "rate", 2.0)),
            "walk", Map.of("prior", ROUND, "noise", "s", "drift", Map.of("type", "random-walk", "variance", List.of(0.2, 0.5))),
            "outliers", Map.of("prior", ROUND, "noise", "s", "channel", Map.of("type", "student-t", "degrees-of-freedom", 3.0)));

    /** Chi-squared with 9 degrees of freedom is above 52 with probability 4e-8; two or three unknowns of five kinds, fixed seeds. */
    @ParameterizedTest
    @CsvSource({"known, 2000, 4, 16", "scale, 300, 3, 16", "conjugate, 2000, 4, 16", "walk, 2000, 4, 16", "outliers, 200, 3, 64"})
    void truths_fallIntoEveryTenth(String kind, int keys, int records, long particles) {
        Map<String, Object> all = new HashMap<>(KINDS.get(kind));
        all.put("measurements", List.of("a", "b"));
        Object[] options = all.entrySet().stream().flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue())).toArray();
        Map<String, int[]> counts = new HashMap<>();
        for (int key = 0; key < keys; key++) {
            SimulatedMeasurements truth = new SimulatedMeasurements(OneKey.settings(options), Randomness.of(5, "key-" + key));
            OneKey own = OneKey.of(Map.of("particles", particles, "seed", (long) key), new SummaryOptions("job", TENTHS, List.of(), 0, 0), options);
            PosteriorSummary last = null;
            for (int i = 0; i < records; i++) {
                last = own.next(truth.next());
            }
            for (Quantity unknown : last.parameters()) {
                double value = truth.truth().get(unknown.name());
                counts.computeIfAbsent(unknown.name(), name -> new int[10])[(int) Arrays.stream(unknown.quantiles()).filter(q -> value > q).count()]++;
            }
        }
        counts.forEach((name, tenths) -> {
            double expected = keys / 10.0;
            assertThat(Arrays.stream(tenths).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum()).as("%s: %s", name, Arrays.toString(tenths)).isLessThan(52);
        });
    }
}
