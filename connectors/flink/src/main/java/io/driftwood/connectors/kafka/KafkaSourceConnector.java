package io.driftwood.connectors.kafka;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.Reading;
import io.driftwood.connectors.contract.RecordOptions;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RecordFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Records of Kafka topics.
 *
 * <p>The source runs with no more subtasks than the largest topic has partitions: one without a partition would never send a
 * watermark, and event time would stand still for everybody.
 */
public final class KafkaSourceConnector implements SourceConnector {

    public static final Entry<SourceConnector> ENTRY = Entry.of(
            "kafka",
            "Records of one or several Kafka topics; ends only when `until` is given.",
            KafkaSourceConnector::new,
            Option.required("topic", Shape.either(Shape.text("a topic"), Shape.listOf(Shape.text("a topic"))),
                    "The topic, or a list of topics."),
            KafkaOptions.SERVERS,
            Option.optional("group", Shape.text("a consumer group"),
                    "Consumer group under which progress is reported to Kafka. When absent, `driftwood-` and the job's name."),
            Option.withDefault("from", Shape.text("earliest, latest, committed, or an ISO-8601 instant"), "earliest",
                    "Where a job without a savepoint begins: `earliest`, `latest`, `committed` (the group's offsets, else the"
                            + " earliest), or a time such as `2026-01-31T12:00:00Z`."),
            Option.optional("until", Shape.text("latest, or an ISO-8601 instant"),
                    "Where to stop: `latest` (what is there when the job starts), or a time. When absent, the stream has no end."),
            RecordOptions.FORMAT,
            RecordOptions.COLUMNS,
            RecordOptions.SEPARATOR,
            RecordOptions.MAX_RECORD_BYTES);

    private final Settings settings;
    private final List<String> topics;
    private final RecordFormat format;
    private final OffsetsInitializer from;
    private final Optional<OffsetsInitializer> until;
    private final int maxRecordBytes;

    private KafkaSourceConnector(Settings settings) {
        this.settings = settings;
        this.topics = settings.get("topic") instanceof String topic ? List.of(topic) : settings.texts("topic");
        this.format = RecordOptions.messageFormat(settings);
        this.from = from(settings);
        this.until = settings.optionalText("until").map(text -> until(settings, text));
        this.maxRecordBytes = RecordOptions.maxRecordBytes(settings);
    }

    private static OffsetsInitializer from(Settings settings) {
        String text = settings.text("from");
        return switch (text) {
            case "earliest" -> OffsetsInitializer.earliest();
            case "latest" -> OffsetsInitializer.latest();
            case "committed" -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            default -> OffsetsInitializer.timestamp(instant(settings, "from", text, "`earliest`, `latest`, `committed`"));
        };
    }

    private static OffsetsInitializer until(Settings settings, String text) {
        return text.equals("latest")
                ? OffsetsInitializer.latest()
                : OffsetsInitializer.timestamp(instant(settings, "until", text, "`latest`"));
    }

    private static long instant(Settings settings, String key, String text, String words) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw settings.problem(key, "must be " + words + " or a time such as 2026-01-31T12:00:00Z");
        }
    }

    @Override
    public boolean bounded() {
        return until.isPresent();
    }

    @Override
    public RecordFormat format() {
        return format;
    }

    @Override
    public List<Problem> check(ConnectorContext context) {
        return survey(context).problems();
    }

    /** What the cluster says about our topics. */
    private Survey survey(ConnectorContext context) {
        try (Broker broker = Broker.connect(KafkaOptions.properties(settings, context))) {
            Map<String, Integer> partitions = broker.partitions(topics);
            List<Problem> problems = new ArrayList<>();
            for (String topic : topics) {
                if (!partitions.containsKey(topic)) {
                    problems.add(Topics.unknown(settings, topic, broker));
                }
            }
            return new Survey(partitions, problems);
        } catch (Broker.Unanswered e) {
            return new Survey(Map.of(), List.of(Topics.unreachable(settings, e)));
        }
    }

    private record Survey(Map<String, Integer> partitions, List<Problem> problems) {}

    @Override
    public DataStream<Decoded> read(StreamExecutionEnvironment environment, Reading reading, ConnectorContext context) {
        Survey survey = survey(context);
        if (!survey.problems().isEmpty()) {
            throw new ConfigurationException(survey.problems());
        }
        int mostPartitions = survey.partitions().values().stream().mapToInt(Integer::intValue).max().orElse(1);
        return environment
                .fromSource(source(reading, context), reading.watermarks(), reading.uid(), reading.type())
                .uid(reading.uid())
                .setParallelism(Math.max(1, Math.min(environment.getParallelism(), mostPartitions)));
    }

    private KafkaSource<Decoded> source(Reading reading, ConnectorContext context) {
        Properties properties = KafkaOptions.properties(settings, context);
        properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        KafkaSourceBuilder<Decoded> builder = KafkaSource.<Decoded>builder()
                .setProperties(properties)
                .setTopics(topics)
                .setGroupId(settings.optionalText("group").orElse("driftwood-" + context.job()))
                .setStartingOffsets(from)
                .setDeserializer(new DecodingSchema(format, reading, maxRecordBytes));
        until.ifPresent(builder::setBounded);
        return builder.build();
    }
}
