package io.driftwood.flink.type;

import io.driftwood.inference.assimilate.Observation;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout 1: key, event time, values, origin, offset. Also saved state: observations wait in it for the watermark. */
public final class ObservationSerializer extends RecordSerializer<Observation> {

    private static final int NEWEST = 1;

    public ObservationSerializer() { super(NEWEST); }

    @Override
    public Observation createInstance() { return new Observation("", Observation.NO_TIME, new double[0], "", 0); }

    @Override
    public void serialize(Observation y, DataOutputView out) throws IOException {
        Fields.writeString(y.key(), out);
        out.writeLong(y.eventTime());
        Fields.writeDoubles(y.values(), out);
        Fields.writeString(y.origin(), out);
        out.writeLong(y.offset());
    }

    @Override
    public Observation deserialize(DataInputView in) throws IOException {
        return new Observation(Fields.readString(in), in.readLong(), Fields.readDoubles(in), Fields.readString(in), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Observation> snapshotConfiguration() { return new Snapshot(); }

    /** Saved with the state. */
    public static final class Snapshot extends LayoutSnapshot<Observation> {
        public Snapshot() { super(NEWEST, NEWEST); }

        @Override
        protected TypeSerializer<Observation> serializerOf(int layout) { return new ObservationSerializer(); }
    }
}
