package io.driftwood.flink.type;

import io.driftwood.inference.learned.Learned;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout 1: name, type, version, event time, labels, arrays. Also saved state: versions that are in force. */
public final class LearnedSerializer extends RecordSerializer<Learned> {

    private static final int NEWEST = 1;

    public LearnedSerializer() { super(NEWEST); }

    @Override
    public Learned createInstance() { return new Learned("", "", 0, Long.MIN_VALUE, new TreeMap<>(), new TreeMap<>()); }

    @Override
    public void serialize(Learned learned, DataOutputView out) throws IOException {
        Fields.writeString(learned.name(), out);
        Fields.writeString(learned.type(), out);
        out.writeLong(learned.version());
        out.writeLong(learned.eventTime());
        out.writeInt(learned.labels().size());
        for (Map.Entry<String, String> label : learned.labels().entrySet()) {
            Fields.writeString(label.getKey(), out);
            Fields.writeString(label.getValue(), out);
        }
        out.writeInt(learned.arrays().size());
        for (Map.Entry<String, double[]> array : learned.arrays().entrySet()) {
            Fields.writeString(array.getKey(), out);
            Fields.writeDoubles(array.getValue(), out);
        }
    }

    @Override
    public Learned deserialize(DataInputView in) throws IOException {
        String name = Fields.readString(in);
        String type = Fields.readString(in);
        long version = in.readLong();
        long eventTime = in.readLong();
        SortedMap<String, String> labels = new TreeMap<>();
        for (int left = Fields.readCount(in); left > 0; left--) {
            labels.put(Fields.readString(in), Fields.readString(in));
        }
        SortedMap<String, double[]> arrays = new TreeMap<>();
        for (int left = Fields.readCount(in); left > 0; left--) {
            arrays.put(Fields.readString(in), Fields.readDoubles(in));
        }
        return new Learned(name, type, version, eventTime, labels, arrays);
    }

    @Override
    public TypeSerializerSnapshot<Learned> snapshotConfiguration() { return new Snapshot(); }

    /** Saved with the state. */
    public static final class Snapshot extends LayoutSnapshot<Learned> {
        public Snapshot() { super(NEWEST, NEWEST); }

        @Override
        protected TypeSerializer<Learned> serializerOf(int layout) { return new LearnedSerializer(); }
    }
}
