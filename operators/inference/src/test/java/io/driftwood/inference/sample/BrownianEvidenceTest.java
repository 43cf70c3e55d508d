package io.driftwood.inference.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.target.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Evidence of the Brownian motion of unknown scales, ten observations in its middle missing. Its data are not part of this repository: whoever asks for the
 * test names their file. The reference is a quadrature over both scales, the path being integrated in closed form.
 */
@Tag("data-of-others")
class BrownianEvidenceTest {

    private static final String FILE = "driftwood.brownian";
    private static final double LOG_EVIDENCE = 1.187749;

    private static List<List<Double>> observations() throws IOException {
        String file = System.getProperty(FILE, "");
        assertThat(file).as("-D%s=FILE: the observations of Inference Gym's Brownian motion with unknown scales, a CSV file of columns t and y, empty where missing; "
                + "an absolute path", FILE).isNotEmpty();
        assertThat(Path.of(file)).as("-D%s", FILE).isRegularFile();
        List<List<Double>> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(Path.of(file));
        for (String line : lines.subList(1, lines.size())) {
            rows.add(Arrays.stream(line.split(",", -1)).map(field -> field.isBlank() ? Double.NaN : Double.valueOf(field)).toList());
        }
        return rows;
    }

    @Test
    void evidence_isWithinThreeErrorsOfAFiftieth() throws IOException {
        Problem problem = Pilot.fitted(Sampling.problem("brownian", "observations", observations()), 4096, 1.5, Sampling.run(56, 0));
        BenchmarkEvidenceTest.expectLarge(Sampling.sampler("ais", "temperatures", 400L), problem, LOG_EVIDENCE);
    }
}
