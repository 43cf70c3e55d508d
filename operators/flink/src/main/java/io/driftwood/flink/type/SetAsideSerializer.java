package io.driftwood.flink.type;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.SetAside;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout 1: fate, reason, observation. */
public final class SetAsideSerializer extends RecordSerializer<SetAside> {

    private static final int NEWEST = 1;

    private final ObservationSerializer observations = new ObservationSerializer();

    public SetAsideSerializer() { super(NEWEST); }

    @Override
    public SetAside createInstance() { return new SetAside("", "", observations.createInstance()); }

    @Override
    public void serialize(SetAside record, DataOutputView out) throws IOException {
        Fields.writeString(record.fate(), out);
        Fields.writeString(record.reason(), out);
        observations.serialize(record.observation(), out);
    }

    @Override
    public SetAside deserialize(DataInputView in) throws IOException {
        String fate = Fields.readString(in);
        String reason = Fields.readString(in);
        Observation observation = observations.deserialize(in);
        return new SetAside(fate, reason, observation);
    }

    @Override
    public TypeSerializerSnapshot<SetAside> snapshotConfiguration() { return new Snapshot(); }

    /** Saved with the state. */
    public static final class Snapshot extends LayoutSnapshot<SetAside> {
        public Snapshot() { super(NEWEST, NEWEST); }

        @Override
        protected TypeSerializer<SetAside> serializerOf(int layout) { return new SetAsideSerializer(); }
    }
}
