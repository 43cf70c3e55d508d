package io.driftwood.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftwood.inference.assimilate.InForce;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.jobs.configuration.LearnedFile;
import io.driftwood.wire.LearnedEncoder;
import io.driftwood.wire.PublishedSchema;
import io.driftwood.wire.SummaryEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tuning files that driftwood tune has written, taken up by a running job at an event time, without a restart. */
class TunedPathJobTest {

    private static final long BEGIN = 1_700_000_000_000L;
    private static final int EACH = 30;
    /** The records of a key from this one on are served by the second version. */
    private static final int CHANGE = 15;
    private static final List<String> KEYS = List.of("a", "b", "c");

    @TempDir
    static Path directory;

    private static Path job;
    private static Learned first;
    private static Learned second;
    private static final List<Observation> RECORDS = records();

    /** Records 10 and 20 of every key are far from what the key has seen. */
    private static List<Observation> records() {
        List<Observation> records = new ArrayList<>();
        for (int t = 0; t < EACH; t++) {
            for (int k = 0; k < KEYS.size(); k++) {
                double y = 2 * k + Math.sin(t) + (t == 10 || t == 20 ? 25 : 0);
                records.add(new Observation(KEYS.get(k), time(t), new double[] {y}, "records", records.size() + 1));
            }
        }
        return records;
    }

    private static long time(int t) { return BEGIN + 1000L * t; }

    @BeforeAll
    static void tuneAndWrite() throws Exception {
        first = tuned("first", 8, Observation.NO_TIME);
        second = tuned("second", 12, time(CHANGE));
        Learned unfit = Learned.of("bridge", "tuned-path", 9, Observation.NO_TIME, first.labels(), Map.of("dimension", new double[] {5}));
        // In order of event time, as records are: what comes after its time has passed cannot serve what went before.
        List<String> versions = new ArrayList<>();
        for (Learned learned : List.of(first, unfit, second)) {
            versions.add(new String(new LearnedEncoder().encode(learned).value(), StandardCharsets.UTF_8));
        }
        Files.write(directory.resolve("versions.jsonl"), versions);
        Files.write(directory.resolve("records.jsonl"), RECORDS.stream()
                .map(r -> "{\"key\":\"%s\",\"t\":%d,\"y\":%s}".formatted(r.key(), r.eventTime(), r.values()[0])).toList());
        job = Files.writeString(directory.resolve("job.yaml"), """
                name: bridged
                model: {type: normal-known-variance, response: y, sd: 1, prior: {mean: 0, sd: 10}}
                history: full
                key: key
                time: {field: t, format: epoch-millis, out-of-orderness: 3s}
                sampler: {particles: 256, assimilation: tuned-path}
                learned: {source: {type: file, path: versions.jsonl}}
                source: {type: file, path: records.jsonl}
                """);
    }

    /** Tuned for a shift of six standard deviations: the start is what a population of a stream is like in its own coordinates. */
    private static Learned tuned(String name, int bridges, long eventTime) throws Exception {
        Path target = Files.writeString(directory.resolve(name + ".yaml"), """
                name: bridge
                target: {type: gaussian, mean: [6], sd: 0.9}
                reference: {mean: 0, sd: 1}
                sampler: {type: annealed-path, start: reference, train-start: false, bridges: %d, iterations: 300, rate: 0.05}
                """.formatted(bridges));
        Path file = directory.resolve(name + ".json");
        Job.Said said = Job.command("tune", target.toString(), "--output", file.toString());
        assertThat(said.code()).as(said.err()).isZero();
        Learned tuning = LearnedFile.read(file);
        return new Learned("bridge", tuning.type(), name.equals("first") ? 1 : 2, eventTime, tuning.labels(), tuning.arrays());
    }

    @Test
    void theReference_leapsByBothVersions() {
        assertThat(lines(List.of(first, second))).hasSize(RECORDS.size())
                .isNotEqualTo(lines(List.of(first))).isNotEqualTo(lines(List.of())).isNotEqualTo(lines(List.of(second)));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4"})
    void aRunningJob_takesUpATuningAtItsEventTime(int parallelism) throws Exception {
        Path out = directory.resolve("out-" + parallelism + ".jsonl");
        Job.Said said = Job.command("replay", job.toString(), "--parallelism", String.valueOf(parallelism),
                "--set", "sinks=[{type: file, path: " + out + "}, {type: file, of: dead-letters, path: " + out + ".dead}]");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(Files.readAllLines(Path.of(out + ".dead"))).singleElement().asString()
                .contains("Cannot be taken up: 'bridge' version 9 is tuned in 5 dimensions, and here are 1.");
        List<String> lines = Files.readAllLines(out);
        List<String> expected = lines(List.of(first, second));
        for (int i = 0; i < expected.size(); i++) {
            assertThat(lines.get(i)).as("line %d", i + 1).isEqualTo(expected.get(i));
        }
        assertThat(lines).hasSameSizeAs(expected);
        for (JsonNode summary : Published.valid(PublishedSchema.POSTERIOR_SUMMARY, lines)) {
            int version = summary.get("seq").asInt() <= CHANGE ? 1 : 2;
            assertThat(summary.at("/learned/name").asText()).isEqualTo("bridge");
            assertThat(summary.at("/learned/version").asInt()).isEqualTo(version);
        }
    }

    /** Two processes, because the implementation is chosen once in each: the tuning and what a job makes of it have the same bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void eitherNumerics_tuneAndLeapToTheSameBytes(String numerics) throws Exception {
        Path again = directory.resolve("again-" + numerics + ".json");
        DriftwoodProcess process = new DriftwoodProcess(directory).numerics(numerics);
        DriftwoodProcess.Ended tuned = process.run("tune", directory.resolve("first.yaml").toString(), "--output", again.toString());
        assertThat(tuned.code()).as(tuned.talk()).isZero();
        assertThat(tuned.talk()).contains("numerics " + numerics);
        assertThat(again).hasSameBinaryContentAs(directory.resolve("first.json"));
        DriftwoodProcess.Ended ended = process.run("replay", job.toString());
        assertThat(ended.code()).as(ended.talk()).isZero();
        assertThat(new String(ended.bytes(), StandardCharsets.UTF_8)).isEqualTo(String.join("\n", lines(List.of(first, second))) + "\n");
    }

    /** What the job must write, by a loop that knows neither Flink nor the connectors. */
    private static List<String> lines(List<Learned> versions) {
        SequentialPosterior own = Job.plan(job).recipe().get();
        InForce force = new InForce(own);
        versions.forEach(force::add);
        Scratch scratch = new Scratch();
        Map<String, PosteriorState> states = new HashMap<>();
        List<PosteriorSummary> summaries = new ArrayList<>();
        for (Observation y : RECORDS) {
            SequentialPosterior posterior = force.at(y.eventTime());
            PosteriorState state = states.computeIfAbsent(y.key(), own::start);
            StepInfo info = posterior.step(state, y, scratch);
            summaries.add(posterior.summarise(state, y, info, scratch));
        }
        summaries.sort(Comparator.comparingLong(PosteriorSummary::eventTime).thenComparing(PosteriorSummary::key));
        SummaryEncoder encoder = new SummaryEncoder();
        return summaries.stream().map(summary -> new String(encoder.encode(summary).value(), StandardCharsets.UTF_8)).toList();
    }
}
