package io.driftwood.flink.type;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout 1: the reason, then what was refused. */
public final class RefusedLearnedSerializer extends RecordSerializer<RefusedLearned> {

    private static final int NEWEST = 1;

    private final LearnedSerializer learned = new LearnedSerializer();

    public RefusedLearnedSerializer() { super(NEWEST); }

    @Override
    public RefusedLearned createInstance() { return new RefusedLearned("", learned.createInstance()); }

    @Override
    public void serialize(RefusedLearned refused, DataOutputView out) throws IOException {
        Fields.writeString(refused.reason(), out);
        learned.serialize(refused.learned(), out);
    }

    @Override
    public RefusedLearned deserialize(DataInputView in) throws IOException {
        return new RefusedLearned(Fields.readString(in), learned.deserialize(in));
    }

    @Override
    public TypeSerializerSnapshot<RefusedLearned> snapshotConfiguration() { return new Snapshot(); }

    /** Saved with the state. */
    public static final class Snapshot extends LayoutSnapshot<RefusedLearned> {
        public Snapshot() { super(NEWEST, NEWEST); }

        @Override
        protected TypeSerializer<RefusedLearned> serializerOf(int layout) { return new RefusedLearnedSerializer(); }
    }
}
