package io.driftwood.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a table to something learned in a file, and from there to draws on the minicluster. */
class LearnTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    /** Two groups, at -3 and 3 in both columns, a column of words, and a row with a gap. */
    @BeforeEach
    void table() throws IOException {
        StringBuilder csv = new StringBuilder("a,word,b\n,none,1\n");
        for (int i = 0; i < 400; i++) {
            double spread = (i % 20 - 9.5) / 10;
            double other = (i / 20 - 9.5) / 10;
            double side = i % 4 == 0 ? -3 : 3;
            csv.append(String.format(Locale.ROOT, "%.3f,w,%.3f%n", side + spread, side + other));
        }
        Files.writeString(directory.resolve("table.csv"), csv);
    }

    private int run(String... arguments) { return Commands.execute(new PrintWriter(out), new PrintWriter(err), arguments); }

    private String file(String name, String content) throws IOException { return Files.writeString(directory.resolve(name), content).toString(); }

    @ParameterizedTest
    @ValueSource(strings = {"{type: mixture, components: 2}", "{type: ridge-denoiser, least-noise: 0.3, largest-noise: 6, features: 60, length: 0.7}",
        "{type: perceptron-denoiser, least-noise: 0.3, largest-noise: 6, width: 16, steps: 300}"})
    void whatIsLearnedFromATable_isDrawnFrom(String training) throws IOException {
        String config = file("learn.yaml", "name: groups\ndata: table.csv\ntraining: " + training + "\n");
        assertThat(run("learn", config)).as("%s", err).isZero();
        assertThat(err.toString()).contains("from 400 rows of 2 numbers, seed 1");
        String line = out.toString();
        assertThat(JSON.readTree(line).get("labels").get("fields").asText()).isEqualTo("a b");
        String learned = directory.resolve("groups.jsonl").toString();
        assertThat(run("learn", config, "--out", learned)).as("%s", err).isZero();
        assertThat(Files.readString(Path.of(learned))).isEqualTo(line);

        String target = file("target.yaml", """
                target: {type: learned, file: groups.jsonl}
                sampler: {type: sequential-measurements, sigma: 5, measurements: 60, moves: 4}
                particles: 400
                chains: 1
                sinks: [{type: file, path: draws.jsonl}, {type: file, path: talk.txt, of: diagnostics}]
                """);
        assertThat(run("sample", target)).as("%s", err).isZero();
        List<JsonNode> draws = Files.readAllLines(directory.resolve("draws.jsonl")).stream().map(LearnTest::json).toList();
        assertThat(draws).hasSize(400);
        // both groups, and three quarters in the right one: six standard errors are 0.13
        assertThat(draws.stream().filter(d -> d.get("parameters").get("x1").asDouble() > 0).count() / 400.0).isBetween(0.6, 0.9);
        assertThat(draws.stream().filter(d -> Math.abs(Math.abs(d.get("parameters").get("x2").asDouble()) - 3) < 1.8).count()).isGreaterThan(340);
        assertThat(Files.readString(directory.resolve("talk.txt"))).contains("biased: ");
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void aDenoiserHasNoDensity_andSamplersThatNeedOneSaySo() throws IOException {
        String config = file("learn.yaml", "data: table.csv\ncolumns: [b]\ntraining: {type: ridge-denoiser, least-noise: 0.3, largest-noise: 6, features: 8}\n");
        assertThat(run("learn", config, "--out", directory.resolve("it.jsonl").toString())).as("%s", err).isZero();
        String target = file("target.yaml", "target: {type: learned, file: it.jsonl}\nsampler: smc\n");
        assertThat(run("validate", target)).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("is known by its score alone; take a sampler by denoising");
        String low = file("low.yaml", "target: {type: learned, file: it.jsonl}\nsampler: {type: walk-jump, sigma: 0.1}\n");
        assertThat(run("validate", low)).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("was learned at noise from 0.3 to 6.0, and is asked at 0.1");
    }

    @Test
    void filesThatHoldNothingOfUse_areRefusedWithTheReason() throws IOException {
        file("none.jsonl", "\n");
        file("text.jsonl", "hello\n");
        file("path.jsonl", "{\"schema\":\"driftwood/learned/v1\",\"name\":\"p\",\"type\":\"tuned-path\",\"version\":1,\"event_time\":null,\"labels\":{},\"arrays\":{}}\n");
        for (String name : List.of("absent", "none", "text", "path")) {
            String target = file(name + ".yaml", "target: {type: learned, file: " + name + ".jsonl}\nsampler: walk-jump\n");
            assertThat(run("validate", target)).isEqualTo(ExitCode.CONFIGURATION);
        }
        assertThat(err.toString()).contains("there is no file ", "holds nothing learned", "line 1 of ", "is not something learned: Not JSON", "is of type 'tuned-path'");
    }

    @Test
    void problemsOfALearning_areReportedWithTheirPlace() throws IOException {
        String config = file("learn.yaml", "data: table.csv\ncolumns: [c]\ntraining: {type: mixture, components: 2}\n");
        assertThat(run("learn", config)).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("columns", "there is no column c of numbers; there are a, b");
        assertThat(run("learn", config, "--set", "seed=x", "--set", "training.components=0")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("3 problems.");
        String few = file("few.yaml", "data: [[1, 2], [3, 4]]\ntraining: {type: mixture, components: 2}\n");
        assertThat(run("learn", few)).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("have 2 rows for 2 components");
        assertThat(run("validate", few)).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(run("validate", few, "--set", "training.components=1", "--explain")).as("%s", err).isZero();
        assertThat(out.toString()).containsPattern("training\\.components +1 +--set training.components");
    }

    @Test
    void aTargetGivenAnObservation_isDrawnFrom() throws IOException {
        String target = file("given.yaml", """
                target:
                  type: conditioned
                  prior: {type: gaussian-mixture, means: [[-3, 0], [3, 0]], sd: 1}
                  map: [[1, 1]]
                  value: [4]
                  sd: 0.5
                sampler: {type: diffusion, steps: 100}
                particles: 200
                chains: 1
                sinks: [{type: file, path: draws.jsonl}]
                """);
        assertThat(run("sample", target)).as("%s", err).isZero();
        // in the right mode x1 + x2 has mean 3 + (4 - 3) 2/2.25
        double sum = Files.readAllLines(directory.resolve("draws.jsonl")).stream().map(LearnTest::json)
                .mapToDouble(d -> d.get("parameters").get("x1").asDouble() + d.get("parameters").get("x2").asDouble()).average().orElseThrow();
        assertThat(sum).isBetween(3.6, 4.1);
        assertThat(run("validate", target, "--set", "target.method=weighted-draws")).as("%s", err).isZero();
        assertThat(run("validate", target, "--set", "target.method=plug-in", "--set", "sampler.final=draw")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("has no draws of x given its measurements");
        String model = file("model.yaml", """
                target:
                  type: conditioned
                  prior: {type: gaussian-mixture, means: [[-1, 0], [1, 0]], sd: 0.5}
                  model: {type: glm, response: y, features: [a], family: bernoulli}
                  data: [[1, 2], [0, -1]]
                sampler: {type: sequential-measurements, measurements: 5}
                """);
        assertThat(run("validate", model)).as("%s", err).isZero();
        assertThat(run("validate", model, "--set", "target.method=closed-form")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("there is none but for a normal or a mixture of normals with a linear observation");
    }
}
