package io.driftwood.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.connectors.EncodeFunction;
import io.driftwood.connectors.Intake;
import io.driftwood.connectors.Sinks;
import io.driftwood.connectors.Sources;
import io.driftwood.connectors.TriageOperator;
import io.driftwood.connectors.Watermarks;
import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.connectors.testkit.Checked;
import io.driftwood.connectors.testkit.EmbeddedKafka;
import io.driftwood.connectors.testkit.FailsAt;
import io.driftwood.connectors.testkit.Jobs;
import io.driftwood.connectors.type.WireTypeInfo;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.wire.DeadLetterEncoder;
import io.driftwood.wire.DecodeSpec;
import io.driftwood.wire.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker in this process. */
class KafkaTest {

    private static final int PARTITIONS = 2;

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;
    private static ConnectorContext context;

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = EmbeddedKafka.start(directory);
        context = new ConnectorContext("kafka-test", Map.of("bootstrap.servers", kafka.servers()));
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private static void topics(String name) throws Exception {
        kafka.createTopic(name + "-in", PARTITIONS, Map.of());
        kafka.createTopic(name + "-out", PARTITIONS, Map.of());
        kafka.createTopic(name + "-dead", 1, Map.of());
    }

    /** The records with these numbers, one key a partition; every tenth is a bad one. */
    private static void send(String name, int from, int to) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String value = i % 10 == 3 ? "bad " + i : "{\"n\":" + i + "}";
            records.add(new ProducerRecord<>(name + "-in", i % PARTITIONS, bytes("key-" + i % PARTITIONS), bytes(value)));
        }
        kafka.send(records);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static StreamExecutionEnvironment job(String name, Configuration configuration, String delivery, Long[] failures, Object... sourceOptions) {
        StreamExecutionEnvironment environment = Jobs.local(3, configuration);
        SourceConnector source = Checked.build(Sources.CATALOGUE, "kafka", sourceOptions);
        DecodeSpec spec = new DecodeSpec(List.of("n"), new DecodeSpec.KeySource.OfRecord(), new DecodeSpec.TimeSource.OfRecord());
        Intake<Observation> intake = new Intake<>(
                source, spec, Watermarks.strategy(source.bounded(), Duration.ZERO, Optional.empty()), 1000,
                TypeInformation.of(Observation.class));
        SingleOutputStreamOperator<Observation> observations = intake.open(environment, context, name);
        assertThat(observations.getParallelism()).isEqualTo(PARTITIONS);
        Checked.build(Sinks.CATALOGUE, "kafka", "topic", name + "-dead", "delivery", delivery).write(
                EncodeFunction.encode(observations.getSideOutput(Intake.DEAD_LETTERS), DeadLetterEncoder::new, "letters"),
                "dead", context);
        SingleOutputStreamOperator<Observation> failing = observations
                .map(new FailsAt<>(name, observation -> (long) observation.values()[0], failures), TypeInformation.of(Observation.class))
                .setParallelism(PARTITIONS).name("fails").uid("fails");
        Checked.build(Sinks.CATALOGUE, "kafka", "topic", name + "-out", "delivery", delivery)
                .write(Jobs.asJson(failing, List.of("n")), "out", context);
        return environment;
    }

    private static List<Long> numbers(String topic) {
        return kafka.committed(topic).stream()
                .map(record -> Long.parseLong(text(record).replaceAll(".*\"n\":(\\d+)\\.0.*", "$1")))
                .sorted()
                .toList();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    /** The client whose internals the exactly-once sink calls; with 4.3 the first checkpoint fails for ever. */
    @Test
    void kafkaClients_isTheVersionTheExactlyOnceSinkWorksWith() {
        assertThat(AppInfoParser.getVersion()).isEqualTo("4.2.1");
    }

    /**
     * Three failures, each with records of an open transaction behind it: the next part of the input is sent only when the
     * one before is committed. The books must close: in = out + dead, each once.
     */
    @Test
    void exactlyOnce_holdsOverThreeFailures() throws Exception {
        topics("eos");
        StreamExecutionEnvironment environment =
                job("eos", Jobs.restarting(10), "exactly-once", new Long[] {150L, 250L, 350L}, "topic", "eos-in");
        JobClient job = environment.executeAsync("eos");
        int sent = 0;
        for (int part = 1; part <= 4; part++) {
            send("eos", sent, 100 * part);
            sent = 100 * part;
            awaitCommitted(job, sent);
        }
        job.cancel().get();
        assertThat(FailsAt.failures("eos")).isEqualTo(3);
        assertThat(numbers("eos-out")).isEqualTo(IntStream.range(0, 400).filter(i -> i % 10 != 3).mapToObj(i -> (long) i).toList());
        assertThat(kafka.committed("eos-dead")).hasSize(40)
                .allSatisfy(record -> assertThat(text(record)).contains("\"raw_text\":\"bad ", "\"origin\":\"eos-in-"));
        assertOrderedByKey(kafka.committed("eos-out"));
    }

    private static void awaitCommitted(JobClient job, int sent) throws Exception {
        Instant patience = Instant.now().plusSeconds(180);
        while (kafka.committed("eos-out").size() + kafka.committed("eos-dead").size() < sent) {
            assertThat(job.getJobStatus().get().isTerminalState()).as("job has ended").isFalse();
            assertThat(Instant.now()).as("waiting for %d records", sent).isBefore(patience);
        }
    }

    private static void assertOrderedByKey(List<ConsumerRecord<byte[], byte[]>> records) {
        for (int key = 0; key < PARTITIONS; key++) {
            byte[] of = bytes("key-" + key);
            List<Long> offsets = records.stream()
                    .filter(record -> java.util.Arrays.equals(record.key(), of))
                    .map(record -> Long.parseLong(text(record).replaceAll(".*\"offset\":(\\d+)}", "$1")))
                    .toList();
            assertThat(offsets).isSorted().doesNotHaveDuplicates().isNotEmpty();
        }
    }

    @Test
    void boundedRead_endsWithTheTopicAndWritesEverything() throws Exception {
        topics("replay");
        send("replay", 0, 100);
        JobExecutionResult result = job("replay", Jobs.strict(), "at-least-once", new Long[0], "topic", "replay-in", "until", "latest").execute();
        assertThat(numbers("replay-out")).hasSize(90).doesNotHaveDuplicates();
        assertThat((Long) result.getAccumulatorResult(TriageOperator.RECORDS_IN)).isEqualTo(100);
        assertThat((Long) result.getAccumulatorResult(TriageOperator.DEAD_LETTERS)).isEqualTo(10);
    }

    /** The markers that end transactions hold offsets too: a reader that waits for a record at the last one waits for ever. */
    @Test
    void boundedRead_ofATopicWrittenInTransactionsEnds() throws Exception {
        topics("tx");
        send("tx", 0, 50);
        job("tx", Jobs.restarting(0), "exactly-once", new Long[0], "topic", "tx-in", "until", "latest").execute();
        assertThat(recordsIn("tx-dead", "offset")).isEqualTo(5);
    }

    @Test
    void recordsOfAnAbortedTransaction_areNotRead() throws Exception {
        kafka.createTopic("aborted", 1, Map.of());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.servers(), "transactional.id", "elsewhere"),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (int n = 0; n < 4; n++) {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("aborted", bytes("{\"n\":" + n + "}"))).get();
                if (n % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
        assertThat(recordsIn("aborted", "n")).isEqualTo(2);
    }

    /** How many records a bounded job reads from a topic whose every record has this number. */
    private static long recordsIn(String topic, String field) throws Exception {
        StreamExecutionEnvironment environment = Jobs.local(2, Jobs.strict());
        SourceConnector source = Checked.build(Sources.CATALOGUE, "kafka", "topic", topic, "until", "latest");
        DecodeSpec spec = new DecodeSpec(List.of(field), new DecodeSpec.KeySource.Constant("all"), new DecodeSpec.TimeSource.None());
        new Intake<>(source, spec, Watermarks.strategy(true, Duration.ZERO, Optional.empty()), 1, TypeInformation.of(Observation.class))
                .open(environment, context, topic);
        JobExecutionResult result = environment.execute();
        assertThat((Long) result.getAccumulatorResult(TriageOperator.DEAD_LETTERS)).isZero();
        return result.getAccumulatorResult(TriageOperator.RECORDS_IN);
    }

    @Test
    void topic_thatDoesNotExistIsAProblemThatNamesTheOthers() throws Exception {
        kafka.createTopic("readings", 1, Map.of());
        List<Problem> problems = Checked.build(Sources.CATALOGUE, "kafka", "topic", List.of("readings", "raedings")).check(context);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("topic");
            assertThat(problem.value()).isEqualTo("raedings");
            assertThat(problem.message()).contains("Kafka has no topic `raedings`; it has ", "readings");
        });
        assertThat(Checked.build(Sinks.CATALOGUE, "kafka", "topic", "nowhere").check(context)).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("Kafka has no topic `nowhere`"));
        assertThat(Checked.build(Sinks.CATALOGUE, "kafka", "topic", "readings").check(context)).isEmpty();
    }

    @Test
    void settings_thatTheClusterRefusesAreProblems() throws Exception {
        kafka.createTopic("narrow", 1, Map.of("max.message.bytes", "2000000"));
        assertThat(Checked.build(Sinks.CATALOGUE, "kafka", "topic", "narrow", "transaction-timeout", "1 h").check(context)).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("transaction.max.timeout.ms is 900000"));
        assertThat(Checked.build(Sinks.CATALOGUE, "kafka", "topic", "narrow", "transaction-timeout", "1 h", "delivery", "at-least-once")
                .check(context)).isEmpty();
        ConnectorContext slow = new ConnectorContext(
                "kafka-test", Map.of("bootstrap.servers", kafka.servers(), "transaction.timeout.ms", "1000000"));
        assertThat(Checked.build(Sinks.CATALOGUE, "kafka", "topic", "narrow").check(slow)).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("transaction.max.timeout.ms"));
        ConnectorContext large = new ConnectorContext(
                "kafka-test", Map.of("bootstrap.servers", kafka.servers(), "max.request.size", "5000000"));
        assertThat(Checked.build(Sinks.CATALOGUE, "kafka", "topic", "narrow").check(large)).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("max.message.bytes is 2000000"));
    }

    @Test
    void recordTooLargeForTheProducer_endsTheJobWithASentence() throws Exception {
        kafka.createTopic("large", 1, Map.of());
        StreamExecutionEnvironment environment = Jobs.local(1, Jobs.restarting(100));
        var records = environment
                .fromData(WireTypeInfo.OUTPUT_RECORD,
                        new OutputRecord(new byte[0], new byte[1024 * 1024 - 200]), new OutputRecord(new byte[0], new byte[1024 * 1024]))
                .uid("records");
        Checked.build(Sinks.CATALOGUE, "kafka", "topic", "large", "delivery", "at-least-once").write(records, "large", context);
        assertThatThrownBy(environment::execute)
                .satisfies(thrown -> assertThat(ExceptionUtils.findThrowable(thrown, RecordTooLargeException.class)).get()
                        .extracting(Throwable::getMessage).asString()
                        .contains("A record of 1048704 bytes for the topic `large`", "max.request.size"));
        assertThat(kafka.committed("large")).as("the one just below the limit").hasSize(1);
    }
}
