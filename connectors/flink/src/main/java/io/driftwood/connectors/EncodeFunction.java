package io.driftwood.connectors;

import io.driftwood.connectors.type.WireTypeInfo;
import io.driftwood.wire.OutputRecord;
import io.driftwood.wire.RecordEncoder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.function.SerializableSupplier;

/** Encodes records on their way to a sink, with one encoder per subtask. */
public final class EncodeFunction<T> extends RichMapFunction<T, OutputRecord> {

    private static final long serialVersionUID = 1;

    private final SerializableSupplier<RecordEncoder<T>> encoders;
    private transient RecordEncoder<T> encoder;

    private EncodeFunction(SerializableSupplier<RecordEncoder<T>> encoders) {
        this.encoders = encoders;
    }

    /** Any stream as a sink takes it: {@code encode(summaries, SummaryEncoder::new, "summaries-encode")}. */
    public static <T> SingleOutputStreamOperator<OutputRecord> encode(
            DataStream<T> records, SerializableSupplier<RecordEncoder<T>> encoders, String uid) {
        return records
                .map(new EncodeFunction<>(encoders), WireTypeInfo.OUTPUT_RECORD)
                .setParallelism(records.getParallelism())
                .name(uid)
                .uid(uid);
    }

    @Override
    public void open(OpenContext context) {
        encoder = encoders.get();
    }

    @Override
    public OutputRecord map(T record) {
        return encoder.encode(record);
    }
}
