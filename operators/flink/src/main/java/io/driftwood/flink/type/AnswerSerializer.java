package io.driftwood.flink.type;

import io.driftwood.inference.assimilate.Answer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout 1: the question, then the other components in their order; the refusal may be null. */
public final class AnswerSerializer extends RecordSerializer<Answer> {

    private static final int NEWEST = 1;

    private final QuestionSerializer questions = new QuestionSerializer();

    public AnswerSerializer() { super(NEWEST); }

    @Override
    public Answer createInstance() { return Answer.refused(questions.createInstance(), 0, ""); }

    @Override
    public void serialize(Answer answer, DataOutputView out) throws IOException {
        questions.serialize(answer.question(), out);
        out.writeLong(answer.seq());
        Fields.writeDoubles(answer.levels(), out);
        Fields.writeQuantities(answer.quantities(), out);
        Fields.writeString(answer.bias(), out);
        Fields.writeString(answer.refusal(), out);
        Fields.writeVersion(answer.learned(), out);
    }

    @Override
    public Answer deserialize(DataInputView in) throws IOException {
        return new Answer(questions.deserialize(in), in.readLong(), Fields.readDoubles(in), Fields.readQuantities(in), Fields.readString(in),
                Fields.readString(in), Fields.readVersion(in));
    }

    @Override
    public TypeSerializerSnapshot<Answer> snapshotConfiguration() { return new Snapshot(); }

    /** Saved with the state. */
    public static final class Snapshot extends LayoutSnapshot<Answer> {
        public Snapshot() { super(NEWEST, NEWEST); }

        @Override
        protected TypeSerializer<Answer> serializerOf(int layout) { return new AnswerSerializer(); }
    }
}
