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

/** Replays on the minicluster, with files for sinks. */
class ReplayTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    private int replay(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of("replay", directory.resolve("job.yaml").toString()));
        line.addAll(Arrays.asList(arguments));
        return Commands.execute(new PrintWriter(new StringWriter()), new PrintWriter(err), line.toArray(String[]::new));
    }

    private void job(String input, String... lines) throws IOException {
        Files.write(directory.resolve(input), List.of(lines));
        Files.writeString(directory.resolve("job.yaml"), """
                name: replayed
                model: {type: glm, response: y, features: [x]}
                key: k
                time: {field: t, format: epoch-seconds}
                sampler: {particles: 64}
                source: {type: file, path: %s}
                sinks:
                  - {type: file, path: out.jsonl}
                  - {type: file, path: dead.jsonl, of: dead-letters}
                  - {type: file, path: late.jsonl, of: late}
                  - {type: file, path: rejected.jsonl, of: rejected}
                """.formatted(input));
    }

    private List<JsonNode> read(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(file))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @Test
    void theOutputIsTheSameAtAnyParallelism_inOrderOfEventTime() throws IOException {
        String[] lines = new String[120];
        for (int i = 0; i < lines.length; i++) {
            // Four records a second, so that ties in event time are there to be broken.
            lines[i] = "{\"k\":\"%s\",\"t\":%d,\"x\":%s,\"y\":%d}".formatted("abcdefg".charAt(i * 5 % 7), i / 4, (i * 37 % 100) / 50.0 - 1, i % 3 == 0 ? 1 : 0);
        }
        job("in.jsonl", lines);
        assertThat(replay("--parallelism", "1")).isZero();
        byte[] alone = Files.readAllBytes(directory.resolve("out.jsonl"));
        assertThat(replay("--parallelism", "3")).isZero();
        assertThat(Files.readAllBytes(directory.resolve("out.jsonl"))).isEqualTo(alone);
        List<JsonNode> summaries = read("out.jsonl");
        assertThat(summaries).hasSize(120);
        assertThat(summaries).extracting(s -> s.get("event_time").asText() + s.get("key").asText()).isSorted();
        assertThat(err.toString()).contains("replay 'replayed': 120 records, 64 particles, seed 1, configuration ")
                .contains("120 records in = 120 assimilated + 0 late + 0 rejected + 0 dead letters");
    }

    @Test
    void everyBadRecordIsAccountedFor_andTheRestGoesOn() throws IOException {
        job("in.jsonl",
                "{\"k\":\"a\",\"t\":10,\"x\":0.5,\"y\":1}",
                "{\"k\":\"a\",\"t\":11,\"x\":0.5,",
                "{\"k\":\"a\",\"t\":12,\"y\":1}",
                "{\"k\":\"a\",\"t\":13,\"x\":\"warm\",\"y\":1}",
                "{\"k\":\"a\",\"t\":5,\"x\":0.5,\"y\":1}",
                "{\"k\":\"a\",\"t\":14,\"x\":0.5,\"y\":7}",
                "{\"k\":\"a\",\"t\":15,\"x\":null,\"y\":1}",
                "{\"k\":\"b\",\"t\":16,\"x\":-0.5,\"y\":0}");
        assertThat(replay()).isZero();
        assertThat(read("dead.jsonl")).hasSize(3).allSatisfy(letter -> assertThat(letter.get("reason").asText()).isNotBlank());
        assertThat(read("late.jsonl")).hasSize(1);
        assertThat(read("rejected.jsonl")).hasSize(1);
        assertThat(read("out.jsonl")).hasSize(3);
        assertThat(err.toString()).contains("8 records in = 3 assimilated + 1 late + 1 rejected + 3 dead letters");
    }

    @Test
    void aWhollyWrongInputStopsWithOneSentence() throws IOException {
        job("in.csv", "a,b,c", "1,2,3", "4,5,6");
        assertThat(replay()).isEqualTo(1);
        assertThat(err.toString()).contains("error: the job failed.").contains("could be read").doesNotContain("\tat ");
    }

    @Test
    void anEmptyInputIsAStreamWithoutRecords() throws IOException {
        job("in.jsonl");
        assertThat(replay()).isZero();
        assertThat(err.toString()).contains("0 records in = 0 assimilated");
        assertThat(directory.resolve("out.jsonl")).isEmptyFile();
    }

    @Test
    void whatSimulateWritesIsAssimilatedWhole() throws IOException {
        job("in.jsonl", "{}");
        int made = Commands.execute(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), "simulate",
                directory.resolve("job.yaml").toString(), "--count", "40", "--keys", "4", "--out", directory.resolve("in.jsonl").toString());
        assertThat(made).isZero();
        assertThat(replay()).isZero();
        assertThat(err.toString()).contains("40 records in = 40 assimilated + 0 late + 0 rejected + 0 dead letters");
        assertThat(read("out.jsonl")).extracting(s -> s.get("key").asText()).containsOnly("key-0", "key-1", "key-2", "key-3");
    }
}
