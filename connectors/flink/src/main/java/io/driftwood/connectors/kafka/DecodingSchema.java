package io.driftwood.connectors.kafka;

import io.driftwood.connectors.contract.Reading;
import io.driftwood.wire.DecodeSpec;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RawRecord;
import io.driftwood.wire.RecordDecoder;
import io.driftwood.wire.RecordFormat;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes Kafka's records as they are fetched; a bad one becomes a dead letter and never an exception, which would poison the topic. */
final class DecodingSchema implements KafkaRecordDeserializationSchema<Decoded> {

    private static final long serialVersionUID = 1;

    private final RecordFormat format;
    private final DecodeSpec spec;
    private final TypeInformation<Decoded> type;
    private final int maxRecordBytes;
    private transient RecordDecoder decoder;
    private transient String topic;
    private transient int partition;
    private transient String origin;

    DecodingSchema(RecordFormat format, Reading reading, int maxRecordBytes) {
        this.format = format;
        this.spec = reading.spec();
        this.type = reading.type();
        this.maxRecordBytes = maxRecordBytes;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = format.decoder(spec);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
        RawRecord raw = RawRecord.of(
                record.key(), record.value(), origin(record.topic(), record.partition()), record.offset(), record.timestamp());
        out.collect(decoder.decode(raw.boundedTo(maxRecordBytes)));
    }

    /** Records come in runs of one partition, so its name is made once a run. */
    private String origin(String recordTopic, int recordPartition) {
        if (recordPartition != partition || !recordTopic.equals(topic)) {
            topic = recordTopic;
            partition = recordPartition;
            origin = recordTopic + "-" + recordPartition;
        }
        return origin;
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return type;
    }
}
