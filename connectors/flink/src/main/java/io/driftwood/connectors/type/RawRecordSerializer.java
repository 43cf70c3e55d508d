package io.driftwood.connectors.type;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.RawRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Key, value, origin, offset, timestamp, length, in this order. */
public final class RawRecordSerializer extends ImmutableSerializer<RawRecord> {

    public static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

    @Override
    public RawRecord createInstance() {
        return RawRecord.of(null, null, "", 0, Observation.NO_TIME);
    }

    @Override
    public void serialize(RawRecord record, DataOutputView target) throws IOException {
        writeBytes(record.key(), target);
        writeBytes(record.value(), target);
        StringValue.writeString(record.origin(), target);
        target.writeLong(record.offset());
        target.writeLong(record.timestamp());
        target.writeLong(record.length());
    }

    @Override
    public RawRecord deserialize(DataInputView source) throws IOException {
        return new RawRecord(
                readBytes(source), readBytes(source), StringValue.readString(source),
                source.readLong(), source.readLong(), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
