package io.driftwood.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets sampled on the minicluster, with files for sinks. */
class SampleTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    private int run(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(command, directory.resolve("target.yaml").toString()));
        line.addAll(Arrays.asList(arguments));
        return Commands.execute(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
    }

    private void target(String sampler) throws IOException {
        Files.writeString(directory.resolve("means.csv"), "a,b\n-2,0\n2,1\n");
        Files.writeString(directory.resolve("target.yaml"), """
                name: pair
                target: {type: gaussian-mixture, means: means.csv, weights: [3, 1], sd: 0.5}
                sampler: %s
                particles: 50
                draws: 3
                chains: 5
                sinks:
                  - {type: file, path: out.jsonl}
                  - {type: file, path: talk.txt, of: diagnostics}
                """.formatted(sampler));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smc", "{type: chains, warm-up: 20}", "{type: simulated-tempering, warm-up: 20}"})
    void theDrawsAreTheSameAtAnyParallelism_inOrderOfChains(String sampler) throws IOException {
        target(sampler);
        assertThat(run("sample", "--parallelism", "1")).as("%s", err).isZero();
        byte[] alone = Files.readAllBytes(directory.resolve("out.jsonl"));
        for (String parallelism : List.of("2", "4")) {
            assertThat(run("sample", "--parallelism", parallelism)).as("%s", err).isZero();
            assertThat(Files.readAllBytes(directory.resolve("out.jsonl"))).isEqualTo(alone);
        }
        List<JsonNode> draws = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("out.jsonl"))) {
            draws.add(JSON.readTree(line));
        }
        assertThat(draws).hasSize(sampler.equals("smc") ? 5 * 50 : 5 * 50 * 3);
        assertThat(draws).extracting(d -> d.get("chain").asInt()).isSorted().contains(0, 1, 2, 3, 4);
        assertThat(draws.get(0).get("parameters").size()).isEqualTo(2);
        assertThat(draws.get(0).get("parameters")).isNotEqualTo(draws.get(draws.size() - 1).get("parameters"));
        assertThat(draws.stream().mapToDouble(d -> d.get("weight").asDouble()).sum()).isBetween(5 - 1e-9, 5 + 1e-9);
        assertThat(err.toString()).contains("sample 'pair': gaussian-mixture by ", "5 chains of 50 particles, seed 1").contains("done in ");
        assertThat(Files.readString(directory.resolve("talk.txt"))).contains("chain 5 of 5", "coordinate", "seconds").doesNotContain(" 0.0000 ");
    }

    @Test
    void flags_setWhatTheySay() throws IOException {
        target("smc");
        assertThat(run("sample", "--chains", "2", "--particles", "16", "--seed", "9", "--set", "sampler.share=0.5", "--set", "reference.sd=4")).as("%s", err).isZero();
        assertThat(Files.readAllLines(directory.resolve("out.jsonl"))).hasSize(32);
        assertThat(err.toString()).contains("2 chains of 16 particles, seed 9");
    }

    @Test
    void drawsCanBePlotted() throws IOException {
        target("smc");
        assertThat(run("sample", "--chains", "1")).isZero();
        String draws = directory.resolve("out.jsonl").toString();
        StringWriter svg = new StringWriter();
        assertThat(Commands.execute(new PrintWriter(svg), new PrintWriter(err), "plot", draws, draws, "--x", "x1", "--y", "x2", "--points", "20")).isZero();
        assertThat(svg.toString()).startsWith("<svg ").endsWith("</svg>\n").contains(">out</text>", ">x1</text>").doesNotContain("NaN");
        assertThat(svg.toString().split("<circle", -1)).hasSizeBetween(2 * 15, 2 * 20 + 1);
        assertThat(Commands.execute(new PrintWriter(svg), new PrintWriter(err), "plot", draws, "--x", "x1", "--y", "x9")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("has no coordinate x9");
        assertThat(Commands.execute(new PrintWriter(svg), new PrintWriter(err), "plot", "nowhere.jsonl", "--x", "x1", "--y", "x2")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("error: there is no file nowhere.jsonl" + System.lineSeparator());
    }

    @Test
    void everyProblemIsReportedAtOnce() throws IOException {
        Files.writeString(directory.resolve("target.yaml"), """
                target: {type: gaussian, mean: [0, 0], sd: -1}
                sampler: {type: smc, shar: 0.5, transition: malla}
                particles: 0
                """);
        assertThat(run("validate")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("target.sd must be", "did you mean `share`?", "did you mean `mala`?", "particles must be", "4 problems. Nothing was started.");
    }

    @Test
    void whatOnlyBuildingShows_isAProblemToo() throws IOException {
        Files.writeString(directory.resolve("target.yaml"), """
                target: {type: gaussian, mean: [0, 0]}
                reference: {sd: [1, 2, 3]}
                sampler: {type: smc, temperatures: [0.5, 0.2, 1]}
                """);
        assertThat(run("sample")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("reference.sd needs one number, or 2", "sampler.temperatures must rise and end with 1", "2 problems");
    }

    @Test
    void aMapThatDoesNotFitTheTarget_isRefused() throws IOException {
        Files.writeString(directory.resolve("target.yaml"), """
                target: {type: gaussian, mean: [0, 0]}
                sampler: {type: log-concave-coupling, precision: 1, map: [[1, 0, 0]]}
                """);
        assertThat(run("validate")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("sampler cannot be used: the target has 2 dimensions");
    }

    @Test
    void targetsAndJobs_areToldApart() throws IOException {
        target("smc");
        assertThat(run("validate")).isZero();
        assertThat(run("replay")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("is valid.", "is about a target and not about a stream: driftwood sample ");
        Files.writeString(directory.resolve("target.yaml"), "name: stream\nmodel: oring\nsource: {type: file, path: no.csv}\n");
        assertThat(run("sample")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("is about a stream and not about a target: driftwood replay ");
        Files.writeString(directory.resolve("target.yaml"), "name: nothing\n");
        assertThat(run("sample")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("target is missing; it must be a target: one of");
    }
}
