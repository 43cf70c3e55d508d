package io.driftwood.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftwood.wire.PublishedSchema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** State-space models in the same operator, state and promises as models whose parameters stand still. */
class FilterJobTest {

    private static final Path NILE = Path.of("..").toAbsolutePath().normalize().resolve("examples/nile/nile.yaml");

    private static final Map<String, String> MODELS = Map.of(
            "auxiliary", "{type: log-rate, response: y, exposure: x, rate-variance: 0.1, initial: {mean: 0, variance: 1}}",
            "bootstrap", "{type: sensor-fusion, channels: {y: {scale: 0.5}, x: {scale: 1}}, level-variance: 0.1, initial: {mean: 0, variance: 1}}");

    @TempDir
    Path directory;

    private Path job(String filter) throws Exception {
        Readings.write(directory.resolve("readings.jsonl"));
        return Job.write(directory, """
                name: moving
                model: %s
                filter: {type: %s, time-unit: 1s}
                key: key
                time: {field: t, format: epoch-millis, out-of-orderness: %s}
                sampler: {particles: 128, seed: 11, samples: {every: 7, count: 5}}
                source: {type: file, path: readings.jsonl}
                sinks: [stdout, {type: file, of: dead-letters, path: dead.jsonl}, {type: file, of: rejected, path: rejected.jsonl}]
                """.formatted(MODELS.get(filter), filter, Readings.OUT_OF_ORDERNESS));
    }

    @ParameterizedTest
    @CsvSource({"auxiliary, 1, hashmap", "auxiliary, 2, rocksdb", "bootstrap, 2, hashmap", "bootstrap, 4, rocksdb"})
    void theMinicluster_writesTheBytesOfThePlainLoop(String filter, int parallelism, String backend) throws Exception {
        Path job = job(filter);
        List<String> expected = PlainLoop.lines(Job.plan(job), Readings.list());
        assertThat(expected).hasSizeGreaterThan(100).doesNotHaveDuplicates();
        assertThat(expected).filteredOn(line -> line.contains("\"resampled\":true")).isNotEmpty();
        Path out = directory.resolve("out.jsonl");
        String sinks = "sinks=[{type: file, path: " + out + "}, {type: file, of: dead-letters, path: " + out + ".dead}, "
                + "{type: file, of: rejected, path: " + out + ".rejected}]";
        Job.Said said = Job.command("replay", job.toString(), "--parallelism", String.valueOf(parallelism), "--set", sinks,
                "--set", "flink={state.backend.type: " + backend + ", parallelism.default: " + parallelism + "}");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(Files.readAllLines(out)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void eitherNumerics_writeTheBytesOfThePlainLoop(String numerics) throws Exception {
        Path job = job("auxiliary");
        List<String> expected = PlainLoop.lines(Job.plan(job), Readings.list());
        DriftwoodProcess.Ended ended = new DriftwoodProcess(directory).numerics(numerics).run("replay", job.toString(), "--parallelism", "2");
        assertThat(ended.code()).as(ended.talk()).isZero();
        assertThat(new String(ended.bytes(), StandardCharsets.UTF_8)).isEqualTo(String.join("\n", expected) + "\n");
    }

    @Test
    void nile_isExactEndToEnd() throws Exception {
        JsonNode last = lastOf("auto", 1024);
        assertThat(last.at("/log_evidence").asDouble()).isCloseTo(-640.3805408207313, within(1e-9));
        assertThat(last.at("/parameters/level/mean").asDouble()).isCloseTo(798.3702926083641, within(1e-9));
    }

    /** By 20,000 particles the log-evidence has a standard deviation of 0.07 and the mean one of 0.7; 5 of them, fixed seed. */
    @ParameterizedTest
    @ValueSource(strings = {"bootstrap", "guided", "auxiliary"})
    void nile_isWithinItsErrorByParticles(String filter) throws Exception {
        JsonNode last = lastOf(filter, 20_000);
        assertThat(last.at("/log_evidence").asDouble()).isCloseTo(-640.3805408207313, within(0.36));
        assertThat(last.at("/parameters/level/mean").asDouble()).isCloseTo(798.3702926083641, within(3.5));
    }

    private JsonNode lastOf(String filter, int particles) throws Exception {
        Path out = directory.resolve("nile.jsonl");
        Job.Said said = Job.command("replay", NILE.toString(), "--set", "filter=" + filter, "--set", "sampler.particles=" + particles,
                "--set", "sinks=[{type: file, path: " + out + "}]");
        assertThat(said.code()).as(said.err()).isZero();
        List<JsonNode> records = Published.valid(PublishedSchema.POSTERIOR_SUMMARY, Files.readAllLines(out));
        assertThat(records).hasSize(100);
        return records.get(99);
    }
}
