package io.driftwood.connectors.kafka;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.SinkConnector;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.wire.OutputRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One Kafka topic. Under exactly-once, records become visible to readers with {@code isolation.level=read_committed} when the
 * checkpoint after them completes, so the checkpoint interval is the delay of the output.
 *
 * <p>Records carry Kafka's own time and not the event time, which is in the JSON: a topic that keeps a week would at once
 * delete the summaries of a replayed past.
 */
public final class KafkaSinkConnector implements SinkConnector {

    static final int DEFAULT_MAX_REQUEST_SIZE = 1024 * 1024;
    private static final String BROKER_MAXIMUM = "transaction.max.timeout.ms";

    public static final Entry<SinkConnector> ENTRY = Entry.of(
            "kafka",
            "A Kafka topic, keyed as the input is; exactly once by transactions that end with each checkpoint.",
            KafkaSinkConnector::new,
            Option.required("topic", Shape.text("a topic"), "The topic; it must exist."),
            KafkaOptions.SERVERS,
            Option.withDefault("delivery", Shape.choice("exactly-once", "at-least-once"), "exactly-once",
                    "`at-least-once` has no transactions: records are visible at once, and some twice after a failure."),
            Option.withDefault("transaction-timeout", Shape.duration(), "10 min",
                    "How long the brokers keep a transaction open: longer than the checkpoint interval and the longest"
                            + " failure together, and at most the brokers' `transaction.max.timeout.ms` (15 minutes by default)."));

    private final Settings settings;
    private final String topic;
    private final boolean exactlyOnce;
    private final Duration transactionTimeout;

    private KafkaSinkConnector(Settings settings) {
        this.settings = settings;
        this.topic = settings.text("topic");
        this.exactlyOnce = settings.text("delivery").equals("exactly-once");
        this.transactionTimeout = settings.duration("transaction-timeout");
    }

    @Override
    public List<Problem> check(ConnectorContext context) {
        Properties properties = properties(context);
        try (Broker broker = Broker.connect(properties)) {
            if (broker.partitions(List.of(topic)).isEmpty()) {
                return List.of(Topics.unknown(settings, topic, broker));
            }
            List<Problem> problems = new ArrayList<>();
            transactionProblem(broker, properties).ifPresent(problems::add);
            sizeProblem(broker, properties).ifPresent(problems::add);
            return problems;
        } catch (Broker.Unanswered e) {
            return List.of(Topics.unreachable(settings, e));
        }
    }

    private Optional<Problem> transactionProblem(Broker broker, Properties properties) throws Broker.Unanswered {
        long millis = Long.parseLong(properties.getProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG));
        return !exactlyOnce ? Optional.empty() : broker.brokerSetting(BROKER_MAXIMUM)
                .filter(maximum -> millis > Long.parseLong(maximum))
                .map(maximum -> Problem.at(settings.pathOf("transaction-timeout"), millis / 1000 + " s",
                        "is longer than the brokers allow: their " + BROKER_MAXIMUM + " is " + maximum));
    }

    /** Somebody who lets the producer send larger records must let the topic take them too. */
    private Optional<Problem> sizeProblem(Broker broker, Properties properties) throws Broker.Unanswered {
        int largest = maxRequestSize(properties);
        return broker.topicSetting(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                .filter(allowed -> largest > DEFAULT_MAX_REQUEST_SIZE && largest > Long.parseLong(allowed))
                .map(allowed -> Problem.at("kafka." + ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest,
                        "is more than the topic `" + topic + "` takes: its " + TopicConfig.MAX_MESSAGE_BYTES_CONFIG
                                + " is " + allowed));
    }

    @Override
    public void write(DataStream<OutputRecord> records, String uid, ConnectorContext context) {
        Properties properties = properties(context);
        KafkaSinkBuilder<OutputRecord> builder = KafkaSink.<OutputRecord>builder()
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(new OutputRecordSchema(topic, maxRequestSize(properties)));
        if (exactlyOnce) {
            builder.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix("driftwood-" + context.job() + "-" + uid);
        } else {
            builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
        }
        // As many subtasks as before, so that a key's records stay in their order.
        records.sinkTo(builder.build()).setParallelism(records.getParallelism()).name(uid).uid(uid);
    }

    /** A {@code transaction.timeout.ms} of the {@code kafka:} section comes before the option. */
    private Properties properties(ConnectorContext context) {
        Properties properties = KafkaOptions.properties(settings, context);
        properties.putIfAbsent(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(transactionTimeout.toMillis()));
        return properties;
    }

    private static int maxRequestSize(Properties properties) {
        return Integer.parseInt(properties.getProperty(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(DEFAULT_MAX_REQUEST_SIZE)));
    }
}
