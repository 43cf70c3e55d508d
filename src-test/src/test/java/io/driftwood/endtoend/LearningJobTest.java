package io.driftwood.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftwood.wire.PublishedSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that a posterior cannot take up, whether from outside or learned inside the job: told of, counted, and nothing else changes. */
class LearningJobTest {

    @TempDir
    Path directory;

    @BeforeEach
    void writeInput() throws Exception { Readings.write(directory.resolve("readings.jsonl")); }

    private Path job(String more) throws Exception {
        return Job.write(directory, Job.yaml("learning") + "source: {type: file, path: readings.jsonl}\n" + more + """
                sinks:
                  - {type: file, path: out.jsonl}
                  - {type: file, of: dead-letters, path: dead.jsonl}
                  - {type: file, of: rejected, path: rejected.jsonl}
                """ + (more.startsWith("learn:") ? "  - {type: file, of: learned, path: versions.jsonl}\n" : ""));
    }

    private List<JsonNode> letters() throws Exception {
        return Published.valid(PublishedSchema.DEAD_LETTER, Files.readAllLines(directory.resolve("dead.jsonl")));
    }

    private void assertRecordsDidNotNotice(Path job, Job.Said said) throws Exception {
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(Files.readAllLines(directory.resolve("out.jsonl"))).isEqualTo(PlainLoop.lines(Job.plan(job), Readings.list()));
        assertThat(Job.books(said.err())).isEqualTo(SameBitsTest.BOOKS);
    }

    @Test
    void versionsThatCannotBeReadOrDoNotFit_areDeadLettersWithTheirReason() throws Exception {
        Files.write(directory.resolve("versions.jsonl"), List.of(
                "{\"schema\":\"driftwood/learned/v1\",\"name\":\"prior\",\"type\":\"gaussian\",\"version\":4,\"event_time\":null,\"arrays\":{\"mean\":[0]}}",
                "{\"schema\":\"driftwood/learned/v1\",\"name\":\"prior\"}"));
        Path job = job("learned: {source: {type: file, path: versions.jsonl}}\n");

        Job.Said said = Job.command("replay", job.toString(), "--parallelism", "4");

        assertRecordsDidNotNotice(job, said);
        assertThat(said.err()).contains("; 2 learned versions in = 0 taken up + 1 refused + 1 dead letters");
        assertThat(letters()).extracting(letter -> letter.get("reason").asText()).anyMatch("The field `type` is missing."::equals)
                .anyMatch(reason -> reason.startsWith("Cannot be taken up: 'prior' version 4 is of no use to"));
        JsonNode unfit = letters().stream().filter(letter -> letter.get("origin").asText().equals("learned-prior")).findFirst().orElseThrow();
        assertThat(unfit.get("offset").asInt()).isEqualTo(4);
        assertThat(unfit.get("raw_text").asText()).contains("\"arrays\":{\"mean\":[0.0]}");
    }

    @Test
    void aTrainingStream_isLearnedFrom_setAsideAndCountedForItself() throws Exception {
        Path job = job("""
                learn:
                  learner: {type: normal, fields: [y, x]}
                  source: {type: file, path: readings.jsonl}
                  out-of-orderness: 15s
                  every: 50
                """);

        Job.Said said = Job.command("replay", job.toString(), "--parallelism", "4");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(Files.readAllLines(directory.resolve("out.jsonl"))).isEqualTo(PlainLoop.lines(Job.plan(job), Readings.list()));
        assertThat(Published.valid(PublishedSchema.LEARNED, Files.readAllLines(directory.resolve("versions.jsonl"))))
                .extracting(version -> version.get("version").asInt()).containsExactly(1, 2, 3, 4);
        long missing = Readings.list().stream().flatMap(r -> r.observation().stream()).filter(y -> Double.isNaN(y.values()[1])).count();
        assertThat(said.err()).contains("; 200 training records in = " + (198 - missing) + " learned from + 0 late + " + (1 + missing) + " rejected + 1 dead letters");
        assertThat(letters()).filteredOn(letter -> letter.get("reason").asText().startsWith("Cannot be taken up: 'learned' version"))
                .hasSize(4);
        assertThat(Published.valid(PublishedSchema.SET_ASIDE, Files.readAllLines(directory.resolve("rejected.jsonl")))).hasSize((int) (2 + missing));
    }

    private void assertRefused(String job, String... reasons) throws Exception {
        Path file = Files.writeString(directory.resolve("refused.yaml"), job + "source: {type: file, path: readings.jsonl}\n");
        Job.Said said = Job.command("validate", file.toString());
        assertThat(said.code()).isEqualTo(3);
        assertThat((said.err() + said.out()).replaceAll("\\s+", " ")).contains(reasons);
    }

    /** Everything that would be learned in vain is a problem of the configuration, and not of every version. */
    @Test
    void aJobThatCannotLearnFromItsOwnRecords_isToldWhy() throws Exception {
        String learn = "learn: {learner: {type: tuned-path}}\n";
        String model = "name: refused\nmodel: {type: normal-known-variance, response: y, sd: 1, prior: {mean: 0, sd: 10}}\n";
        String led = "sampler: {assimilation: tuned-path}\nhistory: full\n";
        assertRefused(model + "history: full\n" + learn, "learn.learner", "learns what this job cannot take up", "set sampler.assimilation to tuned-path");
        assertRefused(model + "sampler: {assimilation: tuned-path}\n" + learn, "learns what this job cannot take up", "learns nothing from elsewhere");
        assertRefused(model + "sampler: {assimilation: tuned-path}\nhistory: {type: discount, lambda: 0.9}\n" + learn, "follows a posterior that forgets nothing");
        assertRefused(model + led + learn.replace("}}", "}, source: {type: file, path: readings.jsonl}}"), "learn.source", "learns from the job's own records");
        assertRefused(model + led + learn.replace("tuned-path", "normal, fields: [y]"), "learn.source", "is missing, and this learner learns from a training stream");
        assertRefused("name: refused\nmodel: {type: oring, response: y, temperature: x, prior: lecture}\nsampler: {assimilation: tuned-path}\n" + learn,
                "cannot follow this model: its prior is improper");
        assertRefused("name: refused\nmodel: {type: local-level, response: y, noise-variance: 1, level-variance: 1, initial: {mean: 0, variance: 1}}\n" + learn, "parameters that stand still");
    }

    @Test
    void learningTwice_andCsvVersions_areProblemsOfTheConfiguration() throws Exception {
        Path job = job("""
                learned: {source: {type: file, path: versions.csv}}
                learn: {learner: {type: normal, fields: [x]}, source: {type: file, path: readings.jsonl}}
                """);
        Job.Said said = Job.command("validate", job.toString());
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err() + said.out()).contains("stands beside `learned`", "must be JSON");
    }
}
