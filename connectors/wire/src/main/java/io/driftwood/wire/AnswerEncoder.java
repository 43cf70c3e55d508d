package io.driftwood.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Question;
import java.io.IOException;
import java.util.List;

/** Writes {@code driftwood/answer/v1}: what was asked, and the answer or why there is none. Fields stand in a fixed order. */
public final class AnswerEncoder extends JsonEncoder<Answer> {

    private static final SerializedString SCHEMA = name("schema");
    private static final SerializedString JOB = name("job");
    private static final SerializedString KEY = name("key");
    private static final SerializedString ID = name("id");
    private static final SerializedString EVENT_TIME = name("event_time");
    private static final SerializedString ASKED = name("asked");
    private static final SerializedString SEQ = name("seq");
    private static final SerializedString QUANTITIES = name("quantities");
    private static final SerializedString BIAS = name("bias");
    private static final SerializedString REFUSED = name("refused");
    private static final SerializedString ORIGIN = name("origin");
    private static final SerializedString OFFSET = name("offset");

    private final String job;
    private final SerializedString[] asked;
    private final QuantityWriter quantities = new QuantityWriter();

    /** @param asks the names of the numbers that are asked about, in the order of {@code Question.values} */
    public AnswerEncoder(String job, List<String> asks) {
        this.job = job;
        this.asked = asks.stream().map(SerializedString::new).toArray(SerializedString[]::new);
    }

    @Override
    byte[] key(Answer answer) {
        return utf8(answer.question().key());
    }

    @Override
    void write(Answer answer, JsonGenerator json) throws IOException {
        Question question = answer.question();
        json.writeFieldName(SCHEMA);
        json.writeString(PublishedSchema.ANSWER.id());
        json.writeFieldName(JOB);
        json.writeString(job);
        json.writeFieldName(KEY);
        json.writeString(question.key());
        json.writeFieldName(ID);
        json.writeString(question.id());
        writeTime(json, EVENT_TIME, question.eventTime());
        json.writeFieldName(ASKED);
        json.writeStartObject();
        for (int i = 0; i < asked.length; i++) {
            writeNumber(json, asked[i], question.values()[i]);
        }
        json.writeEndObject();
        json.writeFieldName(SEQ);
        json.writeNumber(answer.seq());
        quantities.nameLevels(answer.levels());
        quantities.write(json, QUANTITIES, answer.quantities());
        writeText(json, BIAS, answer.bias());
        writeText(json, REFUSED, answer.isRefused() ? answer.refusal() : "");
        QuantityWriter.write(json, answer.learned());
        json.writeFieldName(ORIGIN);
        json.writeString(question.origin());
        json.writeFieldName(OFFSET);
        json.writeNumber(question.offset());
    }
}
