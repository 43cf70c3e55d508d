package io.driftwood.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftwood.connectors.testkit.PacedFailures;
import io.driftwood.inference.assimilate.InForce;
import io.driftwood.inference.assimilate.LaplaceRecursion;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.learn.Learners;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.model.NormalKnownVariance;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.variational.FarStep;
import io.driftwood.jobs.topology.FlinkOptions;
import io.driftwood.jobs.topology.JobPlan;
import io.driftwood.jobs.topology.PosteriorJob;
import io.driftwood.wire.LearnedEncoder;
import io.driftwood.wire.PublishedSchema;
import io.driftwood.wire.SummaryEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that tunes its paths from its own far observations, as it runs, against a loop that does the same without Flink. */
class LearnedOnLineTest {

    private static final long BEGIN = 1_700_000_000_000L;
    private static final int EACH = 40;
    private static final int EVERY = 4;
    private static final double FAR = 1e-4;
    private static final List<String> KEYS = List.of("a", "b", "c");

    @TempDir
    static Path directory;

    private static Path job;
    private static List<String> versions;
    private static List<String> summaries;

    /** Every fifth record of a key from the tenth on is far from what the key has seen, each key at its own times. */
    private static List<Observation> records() {
        List<Observation> records = new ArrayList<>();
        for (int t = 0; t < EACH; t++) {
            for (int k = 0; k < KEYS.size(); k++) {
                double y = 2 * k + Math.sin(t) + (t >= 10 && (t + k) % 5 == 0 ? 30 : 0);
                records.add(new Observation(KEYS.get(k), BEGIN + 1000L * t + 100 * k, new double[] {y}, "records", records.size() + 1));
            }
        }
        return records;
    }

    @BeforeAll
    static void write() throws Exception {
        Files.write(directory.resolve("records.jsonl"), records().stream()
                .map(r -> "{\"key\":\"%s\",\"t\":%d,\"y\":%s}".formatted(r.key(), r.eventTime(), r.values()[0])).toList());
        job = Files.writeString(directory.resolve("job.yaml"), """
                name: online
                model: {type: normal-known-variance, response: y, sd: 1, prior: {mean: 0, sd: 10}}
                history: full
                key: key
                time: {field: t, format: epoch-millis, out-of-orderness: 3s}
                sampler: {particles: 128, assimilation: {type: tuned-path, iterations: 0}}
                learn:
                  learner: {type: tuned-path, name: far, iterations: 100, conditional-ess: 1e-4}
                  every: 4
                source: {type: file, path: records.jsonl}
                """);
        loop();
    }

    /** What the job must write: the same records twice, once to learn from the far ones and once with what was learned by then. */
    private static void loop() {
        Learner learner = Learners.CATALOGUE.build(Learners.CATALOGUE.find("tuned-path").orElseThrow().defaults().with("name", "far").with("iterations", 100L));
        LaplaceRecursion recursion = new LaplaceRecursion(new NormalKnownVariance("y", 1, 0, 10));
        Scratch scratch = new Scratch();
        Map<String, double[]> normals = new HashMap<>();
        List<Learned> learned = new ArrayList<>();
        double[] known = learner.start();
        int unpublished = 0;
        for (Observation y : records()) {
            Optional<FarStep> step = recursion.step(normals.computeIfAbsent(y.key(), key -> recursion.start()), y, scratch);
            if (step.isPresent() && step.get().conditionalEss() < FAR) {
                known = learner.learn(known, step.get().values(), scratch);
                Optional<Learned> version = ++unpublished >= EVERY ? learner.snapshot(known, learned.size() + 1, y.eventTime()) : Optional.empty();
                version.ifPresent(learned::add);
                unpublished = version.isPresent() ? 0 : unpublished;
            }
        }
        LearnedEncoder encoder = new LearnedEncoder();
        versions = learned.stream().map(version -> new String(encoder.encode(version).value(), StandardCharsets.UTF_8)).toList();
        summaries = summaries(learned);
    }

    private static List<String> summaries(List<Learned> learned) {
        SequentialPosterior own = Job.plan(job).recipe().get();
        InForce force = new InForce(own);
        learned.forEach(force::add);
        Scratch scratch = new Scratch();
        Map<String, PosteriorState> states = new HashMap<>();
        List<String> lines = new ArrayList<>();
        SummaryEncoder encoder = new SummaryEncoder();
        for (Observation y : records()) {
            SequentialPosterior posterior = force.at(y.eventTime());
            PosteriorState state = states.computeIfAbsent(y.key(), own::start);
            StepInfo info = posterior.step(state, y, scratch);
            PosteriorSummary summary = posterior.summarise(state, y, info, scratch);
            lines.add(new String(encoder.encode(summary).value(), StandardCharsets.UTF_8));
        }
        return lines;
    }

    private static String sinks(Path out) {
        return "sinks=[{type: file, path: " + out + "}, {type: file, of: learned, path: " + out + ".versions}]";
    }

    /** Or the rest would compare little with little. */
    @Test
    void farObservations_areLetInByDegreesFirst_andByWhatWasLearnedThen() throws Exception {
        assertThat(versions).hasSizeGreaterThan(1);
        long from = Published.valid(PublishedSchema.LEARNED, versions).stream().mapToLong(version -> Instant.parse(version.get("event_time").asText()).toEpochMilli()).min().orElseThrow();
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        for (JsonNode summary : Published.valid(PublishedSchema.POSTERIOR_SUMMARY, summaries)) {
            boolean served = Instant.parse(summary.get("event_time").asText()).toEpochMilli() >= from;
            assertThat(summary.at("/learned/name").asText()).isEqualTo(served ? "far" : "");
            if (summary.get("tempering_steps").asInt() > 0) {
                (served ? after : before).add(summary.get("tempering_steps").asInt());
            }
        }
        assertThat(before).hasSizeGreaterThan(EVERY).allMatch(steps -> steps > 1);
        assertThat(after).hasSizeGreaterThan(2 * EVERY).filteredOn(steps -> steps > 1).hasSizeLessThanOrEqualTo(after.size() / 4);
    }

    @ParameterizedTest
    @CsvSource({"1, hashmap", "4, hashmap", "2, rocksdb"})
    void theMinicluster_writesTheBytesOfTheLoop(int parallelism, String backend) throws Exception {
        Path out = directory.resolve("out-" + parallelism + ".jsonl");
        Job.Said said = Job.command("replay", job.toString(), "--parallelism", String.valueOf(parallelism), "--set", sinks(out),
                "--set", "flink={state.backend.type: " + backend + ", parallelism.default: " + parallelism + "}");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(Files.readAllLines(Path.of(out + ".versions"))).isEqualTo(versions);
        assertThat(Files.readAllLines(out)).isEqualTo(summaries);
        assertThat(said.err()).containsPattern("; (\\d+) far observations = \\1 learned from \\+ 0 late \\+ 0 rejected");
    }

    /** What its page tells: of twelve odd readings the first is let in by degrees, and the others by the two versions. */
    @Test
    void theExample_carriesItsOddReadingsByWhatItLearned() throws Exception {
        Path out = directory.resolve("example.jsonl");
        Path example = Path.of("..").toAbsolutePath().normalize().resolve("examples/odd-readings/odd-readings.yaml");
        Job.Said said = Job.command("replay", example.toString(), "--set", sinks(out));
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("14 far observations = 14 learned from");
        List<String> told = new ArrayList<>();
        for (JsonNode summary : Published.valid(PublishedSchema.POSTERIOR_SUMMARY, Files.readAllLines(out))) {
            if (summary.get("seq").asInt() == 51) {
                told.add(summary.at("/learned/version").asInt() + ": " + summary.get("tempering_steps").asInt());
            }
        }
        assertThat(told).containsExactly("0: 19", "1: 1", "1: 1", "1: 1", "1: 1", "2: 1", "2: 1", "2: 1", "2: 1", "2: 1", "2: 1", "2: 1");
    }

    /** Each failure comes after a checkpoint, in the middle of learning, and takes work back. */
    @Test
    void threeFailures_leaveTheBytesOfTheLoop() throws Exception {
        Path out = directory.resolve("failures.jsonl");
        Path sabotaged = Job.write(Files.createDirectory(directory.resolve("failing")), Files.readString(job).replace("path: records.jsonl", "path: ../records.jsonl") + """
                sinks: [{type: file, path: %1$s}, {type: file, of: learned, path: %1$s.versions}]
                flink:
                  execution.checkpointing.interval: 100 ms
                  restart-strategy.type: fixed-delay
                  restart-strategy.fixed-delay.attempts: 10
                  restart-strategy.fixed-delay.delay: 0 s
                """.formatted(out));
        JobPlan plan = Job.plan(sabotaged);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(2, FlinkOptions.ofRun(plan));
        PosteriorJob.build(environment, plan.withSource(new PacedSource(plan.source(), "learned-on-line", 3)));
        environment.execute(plan.name());
        assertThat(PacedFailures.thrown("learned-on-line")).isEqualTo(3);
        assertThat(Files.readAllLines(Path.of(out + ".versions"))).isEqualTo(versions);
        assertThat(Files.readAllLines(out)).isEqualTo(summaries);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void eitherNumerics_learnTheSameBytes(String numerics) throws Exception {
        Path out = directory.resolve("out-" + numerics + ".jsonl");
        DriftwoodProcess.Ended ended = new DriftwoodProcess(directory).numerics(numerics).run("replay", job.toString(), "--set", sinks(out));
        assertThat(ended.code()).as(ended.talk()).isZero();
        assertThat(ended.talk()).contains("numerics " + numerics);
        assertThat(Files.readAllLines(Path.of(out + ".versions"))).isEqualTo(versions);
        assertThat(Files.readAllLines(out)).isEqualTo(summaries);
    }
}
