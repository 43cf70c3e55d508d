package io.driftwood.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same file gives the same bytes, in the same order, in whatever way it is run. The reference is a plain loop. */
class SameBitsTest {

    /** Records in, assimilated, late, rejected, dead letters. */
    static final List<Integer> BOOKS = List.of(Readings.RECORDS, Readings.RECORDS - 2, 0, 1, 1);

    @TempDir
    static Path directory;

    private static Path job;
    private static List<String> expected;

    @BeforeAll
    static void writeInput() throws Exception {
        Readings.write(directory.resolve("readings.jsonl"));
        job = Job.write(directory, Job.yaml("bits") + """
                source: {type: file, path: readings.jsonl}
                sinks: [stdout, {type: file, of: dead-letters, path: dead.jsonl}, {type: file, of: rejected, path: rejected.jsonl}]
                """);
        expected = PlainLoop.lines(Job.plan(job), Readings.list());
    }

    /** Nothing below compares nothing with nothing. */
    @Test
    void theReference_isWorthComparing() {
        assertThat(expected).hasSize(Readings.RECORDS - 2).doesNotHaveDuplicates();
        assertThat(expected).filteredOn(line -> line.contains("\"resampled\":true")).hasSizeGreaterThan(10);
        assertThat(expected).filteredOn(line -> line.contains("\"missing\":true")).hasSizeGreaterThan(3);
        assertThat(expected).filteredOn(line -> line.contains("\"samples\"")).hasSizeGreaterThan(10);
        List<Long> times = Readings.list().stream().flatMap(r -> r.observation().stream()).map(y -> y.eventTime()).toList();
        assertThat(times).isNotEqualTo(times.stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource({"1, hashmap", "2, hashmap", "4, hashmap", "1, rocksdb", "2, rocksdb", "4, rocksdb"})
    void theMinicluster_writesTheBytesOfThePlainLoop(int parallelism, String backend) throws Exception {
        Path out = directory.resolve("out-" + parallelism + "-" + backend + ".jsonl");
        String sinks = "sinks=[{type: file, path: " + out + "}, {type: file, of: dead-letters, path: " + out + ".dead}, "
                + "{type: file, of: rejected, path: " + out + ".rejected}]";

        Job.Said said = Job.command("replay", job.toString(), "--parallelism", String.valueOf(parallelism), "--set", sinks,
                "--set", "flink={state.backend.type: " + backend + ", parallelism.default: " + parallelism + "}");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(Files.readAllLines(out)).isEqualTo(expected);
        assertThat(Job.books(said.err())).isEqualTo(BOOKS);
        assertThat(Files.readAllLines(Path.of(out + ".dead"))).singleElement().asString()
                .contains("\"offset\":" + (Readings.MALFORMED + 1));
        assertThat(Files.readAllLines(Path.of(out + ".rejected"))).singleElement().asString()
                .contains("\"offset\":" + (Readings.INFINITE + 1));
    }

    /** Two processes, because the implementation is chosen once in each. Standard output is compared as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void eitherNumerics_writeTheBytesOfThePlainLoop(String numerics) throws Exception {
        DriftwoodProcess.Ended ended = new DriftwoodProcess(directory).numerics(numerics).run("replay", job.toString(), "--parallelism", "2");

        assertThat(ended.code()).as(ended.talk()).isZero();
        assertThat(ended.talk()).contains("numerics " + numerics);
        assertThat(new String(ended.bytes(), StandardCharsets.UTF_8)).isEqualTo(String.join("\n", expected) + "\n");
        assertThat(Job.books(ended.talk())).isEqualTo(BOOKS);
    }

    /** That the bytes are the same would also be so if the seed were ignored. */
    @Test
    void anotherSeed_writesOtherNumbers() throws Exception {
        Path other = Job.write(Files.createDirectory(directory.resolve("other")), Files.readString(job).replace("seed: 11", "seed: 12"));
        List<String> lines = PlainLoop.lines(Job.plan(other), Readings.list());
        assertThat(lines).hasSameSizeAs(expected).doesNotContainAnyElementsOf(expected);
    }
}
