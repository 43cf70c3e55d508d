package io.driftwood.flink.type;

import io.driftwood.inference.assimilate.Incoming;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.Question;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout 1: whether it is an observation, then that or the question. */
public final class IncomingSerializer extends RecordSerializer<Incoming> {

    private static final int NEWEST = 1;

    private final ObservationSerializer observations = new ObservationSerializer();
    private final QuestionSerializer questions = new QuestionSerializer();

    public IncomingSerializer() { super(NEWEST); }

    @Override
    public Incoming createInstance() { return observations.createInstance(); }

    @Override
    public void serialize(Incoming incoming, DataOutputView out) throws IOException {
        out.writeBoolean(incoming instanceof Observation);
        if (incoming instanceof Observation y) {
            observations.serialize(y, out);
        } else {
            questions.serialize((Question) incoming, out);
        }
    }

    @Override
    public Incoming deserialize(DataInputView in) throws IOException {
        return in.readBoolean() ? observations.deserialize(in) : questions.deserialize(in);
    }

    @Override
    public TypeSerializerSnapshot<Incoming> snapshotConfiguration() { return new Snapshot(); }

    /** Saved with the state. */
    public static final class Snapshot extends LayoutSnapshot<Incoming> {
        public Snapshot() { super(NEWEST, NEWEST); }

        @Override
        protected TypeSerializer<Incoming> serializerOf(int layout) { return new IncomingSerializer(); }
    }
}
