package io.driftwood.flink.type;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.Question;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout 1: key, event time, id, values, origin, offset. Also saved state: questions wait in it for the watermark. */
public final class QuestionSerializer extends RecordSerializer<Question> {

    private static final int NEWEST = 1;

    public QuestionSerializer() { super(NEWEST); }

    @Override
    public Question createInstance() { return new Question("", Observation.NO_TIME, "", new double[0], "", 0); }

    @Override
    public void serialize(Question question, DataOutputView out) throws IOException {
        Fields.writeString(question.key(), out);
        out.writeLong(question.eventTime());
        Fields.writeString(question.id(), out);
        Fields.writeDoubles(question.values(), out);
        Fields.writeString(question.origin(), out);
        out.writeLong(question.offset());
    }

    @Override
    public Question deserialize(DataInputView in) throws IOException {
        return new Question(Fields.readString(in), in.readLong(), Fields.readString(in), Fields.readDoubles(in), Fields.readString(in), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Question> snapshotConfiguration() { return new Snapshot(); }

    /** Saved with the state. */
    public static final class Snapshot extends LayoutSnapshot<Question> {
        public Snapshot() { super(NEWEST, NEWEST); }

        @Override
        protected TypeSerializer<Question> serializerOf(int layout) { return new QuestionSerializer(); }
    }
}
