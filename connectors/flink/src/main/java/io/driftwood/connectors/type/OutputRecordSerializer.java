package io.driftwood.connectors.type;

import io.driftwood.wire.OutputRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Key, then value. */
public final class OutputRecordSerializer extends ImmutableSerializer<OutputRecord> {

    public static final OutputRecordSerializer INSTANCE = new OutputRecordSerializer();

    @Override
    public OutputRecord createInstance() {
        return new OutputRecord(new byte[0], new byte[0]);
    }

    @Override
    public void serialize(OutputRecord record, DataOutputView target) throws IOException {
        writeBytes(record.key(), target);
        writeBytes(record.value(), target);
    }

    @Override
    public OutputRecord deserialize(DataInputView source) throws IOException {
        return new OutputRecord(readBytes(source), readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<OutputRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    public static final class Snapshot extends SimpleTypeSerializerSnapshot<OutputRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
