package io.driftwood.connectors.kafka;

import io.driftwood.wire.OutputRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Hands records to Kafka's producer, unless it would refuse them for their size and the job with them, for ever. */
final class OutputRecordSchema implements KafkaRecordSerializationSchema<OutputRecord> {

    private static final long serialVersionUID = 1;

    /** More than the producer adds for one record and its batch: 61 bytes and at most 21. */
    private static final int OVERHEAD = 128;

    private final String topic;
    private final int maxRequestSize;

    OutputRecordSchema(String topic, int maxRequestSize) {
        this.topic = topic;
        this.maxRequestSize = maxRequestSize;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(OutputRecord record, KafkaSinkContext context, Long timestamp) {
        long size = OVERHEAD + (long) record.key().length + record.value().length;
        if (size > maxRequestSize) {
            throw new RecordTooLargeException(topic, size, maxRequestSize);
        }
        return new ProducerRecord<>(topic, record.key().length == 0 ? null : record.key(), record.value());
    }
}
