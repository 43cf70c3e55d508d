package io.driftwood.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftwood.wire.PublishedSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that is asked: every question is answered from the records up to its event time, at any parallelism, and the records do not notice. */
class QuestionsJobTest {

    @TempDir
    static Path directory;

    private static Path job;
    private static Path silent;
    private static List<String> answers;

    @BeforeAll
    static void writeInput() throws Exception {
        Readings.write(directory.resolve("readings.jsonl"));
        Asked.write(directory.resolve("questions.jsonl"));
        String records = Job.yaml("asked") + "source: {type: file, path: readings.jsonl}\n";
        silent = Job.write(Files.createDirectory(directory.resolve("silent")), records.replace("path: r", "path: " + directory + "/r"));
        job = Job.write(directory, records + "questions: {source: {type: file, path: questions.jsonl}, id: ask, out-of-orderness: 60s}\n");
        answers = Asked.answers(Job.plan(job), directory.resolve("questions.jsonl").toString());
    }

    private static Job.Said replay(Path configuration, int parallelism, String backend, Path out) {
        String sinks = "sinks=[{type: file, path: " + out + "}, {type: file, of: dead-letters, path: " + out + ".dead}, "
                + "{type: file, of: rejected, path: " + out + ".rejected}"
                + (configuration.equals(job) ? ", {type: file, of: answers, path: " + out + ".answers}]" : "]");
        return Job.command("replay", configuration.toString(), "--parallelism", String.valueOf(parallelism), "--set", sinks,
                "--set", "flink={state.backend.type: " + backend + ", parallelism.default: " + parallelism + "}");
    }

    @ParameterizedTest
    @CsvSource({"1, hashmap", "4, hashmap", "2, rocksdb"})
    void answers_areThoseOfThePlainLoop_andSummariesThoseOfAJobThatNobodyAsks(int parallelism, String backend) throws Exception {
        Path out = directory.resolve("out-" + parallelism + backend + ".jsonl");
        Job.Said said = replay(job, parallelism, backend, out);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(Files.readAllLines(Path.of(out + ".answers"))).isEqualTo(answers);
        assertThat(Files.readAllLines(out)).isEqualTo(PlainLoop.lines(Job.plan(silent), Readings.list()));
        assertThat(Job.books(said.err())).isEqualTo(SameBitsTest.BOOKS);
        assertThat(said.err()).contains("; " + Asked.QUESTIONS + " questions in = " + (Asked.QUESTIONS - 1 - Asked.REFUSED) + " answered + "
                + Asked.REFUSED + " refused + 1 dead letters");
        List<JsonNode> letters = Published.valid(PublishedSchema.DEAD_LETTER, Files.readAllLines(Path.of(out + ".dead")));
        assertThat(letters).extracting(letter -> letter.get("origin").asText()).allMatch(origin -> origin.endsWith("readings.jsonl") || origin.endsWith("questions.jsonl")).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void theReference_isWorthComparing() throws Exception {
        List<JsonNode> read = Published.valid(PublishedSchema.ANSWER, answers);
        assertThat(read).hasSize(Asked.QUESTIONS - 1);
        assertThat(read.get(0).get("seq").asInt()).as("before any record").isZero();
        assertThat(read).filteredOn(answer -> answer.get("key").asText().equals("nobody")).hasSize(3)
                .allMatch(answer -> answer.get("seq").asInt() == 0);
        assertThat(read).filteredOn(answer -> !answer.get("refused").isNull()).hasSize(Asked.REFUSED)
                .allMatch(answer -> answer.get("refused").asText().contains("x is missing"));
        assertThat(read).extracting(answer -> answer.get("seq").asInt()).contains(5, 19, 30);
        assertThat(read).filteredOn(answer -> answer.get("refused").isNull())
                .allMatch(answer -> answer.at("/quantities/y/mean").asDouble() > 0 && answer.at("/quantities/y/quantiles/0.95").asDouble() < 1);
    }

    @Test
    void sinksOfWhatDoesNotEnter_areProblemsOfTheConfiguration() throws Exception {
        Job.Said said = Job.command("validate", silent.toString(), "--set", "sinks=[{type: stdout, of: answers}, {type: stderr, of: learned}]");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err() + said.out()).contains("sinks[0].of", "needs a `questions` section", "sinks[1].of", "needs a `learned` or a `learn` section");
    }
}
