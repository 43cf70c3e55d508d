package io.driftwood.endtoend;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.connectors.testkit.EmbeddedKafka;
import io.driftwood.connectors.testkit.FailsAt;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.jobs.topology.Books;
import io.driftwood.jobs.topology.FlinkOptions;
import io.driftwood.jobs.topology.JobPlan;
import io.driftwood.jobs.topology.PosteriorJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The readings through a real broker, from a topic to a topic, exactly once: what readers of committed records see are the bytes that a
 * plain loop over the file gives, each line once and in the order of its key. A key's records lie in two partitions, so
 * the order in which they arrive is another in every run.
 */
class SameBitsOverKafkaTest {

    private static final int PARTITIONS = 2;
    private static final Books BOOKS = new Books(Readings.RECORDS, Readings.RECORDS - 2, 0, 1, 1);

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() throws Exception { kafka = EmbeddedKafka.start(Files.createDirectory(directory.resolve("broker"))); }

    @AfterAll
    static void stopBroker() { kafka.close(); }

    private static Path configuration(String name) throws Exception {
        kafka.createTopic(name + "-in", PARTITIONS, Map.of());
        kafka.createTopic(name + "-out", PARTITIONS, Map.of());
        kafka.createTopic(name + "-dead", 1, Map.of());
        kafka.createTopic(name + "-rejected", 1, Map.of());
        return Job.write(Files.createDirectory(directory.resolve(name)), Job.yaml(name) + """
                source: {type: kafka, topic: %1$s-in}
                sinks:
                  - {type: kafka, topic: %1$s-out}
                  - {type: kafka, of: dead-letters, topic: %1$s-dead}
                  - {type: kafka, of: rejected, topic: %1$s-rejected}
                kafka: {bootstrap.servers: "%2$s"}
                flink:
                  execution.checkpointing.interval: 200 ms
                  execution.checkpointing.dir: %3$s
                  restart-strategy.type: fixed-delay
                  restart-strategy.fixed-delay.attempts: 10
                  restart-strategy.fixed-delay.delay: 0 s
                """.formatted(name, kafka.servers(), directory.resolve("checkpoints").toUri()));
    }

    /** Sends the readings from one number to another, the second partition's first. */
    private static void send(String name, int from, int to) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int partition = PARTITIONS - 1; partition >= 0; partition--) {
            for (Readings.Reading reading : Readings.list().subList(from, to)) {
                if (Readings.partition(reading.number()) == partition) {
                    records.add(new ProducerRecord<>(name + "-in", partition, null, reading.bytes()));
                }
            }
        }
        kafka.send(records);
    }

    private static JobClient start(JobPlan plan, int parallelism, Map<String, String> more) throws Exception {
        Configuration flink = FlinkOptions.ofRun(plan);
        more.forEach(flink::setString);
        flink.setString("parallelism.default", String.valueOf(parallelism));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
        PosteriorJob.build(environment, plan);
        return environment.executeAsync(plan.name());
    }

    /** Waits until all summaries that the readings before {@code sent} allow are committed. */
    private static void awaitCommitted(JobClient job, String name, int sent) throws Exception {
        long wanted = released(sent);
        Instant patience = Instant.now().plusSeconds(120);
        while (kafka.committed(name + "-out").size() < wanted) {
            assertThat(job.getJobStatus().get().isTerminalState()).as("job has ended").isFalse();
            assertThat(Instant.now()).as("waiting for %d summaries", wanted).isBefore(patience);
        }
    }

    /** How many observations the watermark of the slower partition has passed. */
    private static long released(int sent) {
        List<Readings.Reading> readings = Readings.list().subList(0, sent);
        long watermark = IntStream.range(0, PARTITIONS)
                .mapToLong(partition -> readings.stream().filter(r -> Readings.partition(r.number()) == partition)
                        .flatMap(r -> r.observation().stream()).mapToLong(Observation::eventTime).max().orElseThrow())
                .min().orElseThrow() - Readings.OUT_OF_ORDERNESS_MILLIS - 1;
        return readings.stream().filter(r -> r.number() != Readings.INFINITE).flatMap(r -> r.observation().stream())
                .filter(y -> y.eventTime() <= watermark).count();
    }

    /** Ends the job as if its input had ended, and gives its books. */
    private static Books drain(JobClient job) throws Exception {
        job.stopWithSavepoint(true, directory.resolve("drained").toUri().toString(), SavepointFormatType.CANONICAL).get();
        return Books.of(job.getJobExecutionResult().get().getAllAccumulatorResults());
    }

    private static void assertSameBits(JobPlan plan) {
        Map<String, List<String>> expected = byKey(PlainLoop.lines(plan, Readings.list()));
        Map<String, List<String>> committed = new TreeMap<>(kafka.committed(plan.name() + "-out").stream().collect(groupingBy(
                record -> new String(record.key(), StandardCharsets.UTF_8), mapping(SameBitsOverKafkaTest::text, toList()))));
        assertThat(committed).hasSize(Readings.KEYS).isEqualTo(expected);
        int malformed = Readings.MALFORMED;
        assertThat(kafka.committed(plan.name() + "-dead")).singleElement().extracting(SameBitsOverKafkaTest::text).asString()
                .contains("\"origin\":\"" + plan.name() + "-in-" + Readings.partition(malformed) + "\"");
        assertThat(kafka.committed(plan.name() + "-rejected")).singleElement().extracting(SameBitsOverKafkaTest::text).asString()
                .contains("\"origin\":\"" + plan.name() + "-in-" + Readings.partition(Readings.INFINITE) + "\"");
    }

    private static Map<String, List<String>> byKey(List<String> lines) {
        return new TreeMap<>(lines.stream().collect(groupingBy(line -> line.replaceAll(".*?\"key\":\"([^\"]*)\".*", "$1"), toList())));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) { return new String(record.value(), StandardCharsets.UTF_8); }

    /** Every failure has committed summaries before it and taken-back ones about it: the next part is sent when the last is committed. */
    @Test
    void threeFailuresUnderExactlyOnce_leaveTheBytesOfThePlainLoop() throws Exception {
        JobPlan plan = Job.plan(configuration("failures"));
        Set<Long> times = IntStream.of(75, 125, 175).mapToObj(n -> Readings.list().get(n).observation())
                .flatMap(Optional::stream).map(Observation::eventTime).collect(Collectors.toSet());
        JobPlan sabotaged = plan.withSource(new SabotagedSource(plan.source(), "failures", times));
        JobClient job = start(sabotaged, 2, Map.of());
        for (int sent = 0; sent < Readings.RECORDS; sent += 50) {
            send("failures", sent, sent + 50);
            awaitCommitted(job, "failures", sent + 50);
        }
        Books books = drain(job);

        assertThat(FailsAt.failures("failures")).isEqualTo(3);
        assertSameBits(plan);
        assertThat(books).isEqualTo(BOOKS);
    }

    /** From two subtasks on the heap to three on RocksDB. */
    @Test
    void aSavepointRescaledFromTwoToThree_andToAnotherBackend_leavesTheBytesOfThePlainLoop() throws Exception {
        JobPlan plan = Job.plan(configuration("rescaled"));
        JobClient before = start(plan, 2, Map.of("state.backend.type", "hashmap"));
        send("rescaled", 0, 90);
        awaitCommitted(before, "rescaled", 90);
        String savepoint = before.stopWithSavepoint(false, directory.resolve("saved").toUri().toString(), SavepointFormatType.CANONICAL).get();
        before.getJobExecutionResult().get();
        int committedBefore = kafka.committed("rescaled-out").size();

        JobClient after = start(plan, 3, Map.of("state.backend.type", "rocksdb", "execution.state-recovery.path", savepoint));
        send("rescaled", 90, Readings.RECORDS);
        awaitCommitted(after, "rescaled", Readings.RECORDS);
        Books books = drain(after);

        assertThat(committedBefore).isBetween(1, Readings.RECORDS / 2);
        assertSameBits(plan);
        assertThat(books).isEqualTo(BOOKS);
    }

    /** Two topics of two partitions each, to their ends; where a question stood is another matter than what is answered. */
    @Test
    void questionsOfAnotherTopic_areAnsweredAsByThePlainLoop() throws Exception {
        Path file = configuration("asked");
        kafka.createTopic("asked-questions", PARTITIONS, Map.of());
        kafka.createTopic("asked-answers", PARTITIONS, Map.of());
        Files.writeString(file, Files.readString(file).replace("topic: asked-in}", """
                topic: asked-in, until: latest}
                questions: {source: {type: kafka, topic: asked-questions, until: latest}, id: ask, out-of-orderness: 60s}\
                """).replace("sinks:", "sinks:\n  - {type: kafka, of: answers, topic: asked-answers}"));
        send("asked", 0, Readings.RECORDS);
        List<ProducerRecord<byte[], byte[]>> questions = new ArrayList<>();
        for (Asked.Line line : Asked.lines()) {
            questions.add(new ProducerRecord<>("asked-questions", questions.size() % PARTITIONS, null, line.json().getBytes(StandardCharsets.UTF_8)));
        }
        kafka.send(questions);
        JobPlan plan = Job.plan(file);

        Books books = Books.of(start(plan, 2, Map.of()).getJobExecutionResult().get().getAllAccumulatorResults());

        assertThat(books.close()).as(books.toString()).isTrue();
        assertThat(books.toString()).contains(Asked.QUESTIONS + " questions in");
        assertThat(kafka.committed("asked-answers").stream().map(SameBitsOverKafkaTest::text).map(SameBitsOverKafkaTest::withoutPlace).toList())
                .containsExactlyInAnyOrderElementsOf(Asked.answers(plan, "").stream().map(SameBitsOverKafkaTest::withoutPlace).toList());
    }

    private static String withoutPlace(String answer) { return answer.replaceAll(",\"origin\".*", ""); }

    @Test
    void aTopicThatDoesNotExist_isExitCodeFour_andTheReportNamesThoseThatDo() throws Exception {
        Path file = configuration("typed-wrong");

        Job.Said said = Job.command("run", file.toString(), "--set", "source={type: kafka, topic: typed-worng-in}");

        assertThat(said.code()).as(said.err()).isEqualTo(4);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("error: source.topic Kafka has no topic `typed-worng-in`; it has ", "1 problem. Nothing was started.")
                .doesNotContain("\tat ");
    }
}
