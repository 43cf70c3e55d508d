package io.driftwood.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.driftwood.inference.learned.Learned;
import java.io.IOException;
import java.util.Map;

/**
 * Writes {@code driftwood/learned/v1}, the same in a file and on a topic. Fields stand in a fixed order, labels and arrays by name. Every finite number
 * comes back to the bit; one that is not is null, and such a record is not read again.
 */
public final class LearnedEncoder extends JsonEncoder<Learned> {

    private static final SerializedString SCHEMA = name("schema");
    private static final SerializedString NAME = name("name");
    private static final SerializedString TYPE = name("type");
    private static final SerializedString VERSION = name("version");
    private static final SerializedString EVENT_TIME = name("event_time");
    private static final SerializedString LABELS = name("labels");
    private static final SerializedString ARRAYS = name("arrays");

    @Override
    byte[] key(Learned learned) {
        return utf8(learned.name());
    }

    @Override
    void write(Learned learned, JsonGenerator json) throws IOException {
        json.writeFieldName(SCHEMA);
        json.writeString(PublishedSchema.LEARNED.id());
        json.writeFieldName(NAME);
        json.writeString(learned.name());
        json.writeFieldName(TYPE);
        json.writeString(learned.type());
        json.writeFieldName(VERSION);
        json.writeNumber(learned.version());
        writeTime(json, EVENT_TIME, learned.eventTime());
        json.writeFieldName(LABELS);
        json.writeStartObject();
        for (Map.Entry<String, String> label : learned.labels().entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
        json.writeFieldName(ARRAYS);
        json.writeStartObject();
        for (Map.Entry<String, double[]> array : learned.arrays().entrySet()) {
            json.writeFieldName(array.getKey());
            writeNumbers(json, array.getValue());
        }
        json.writeEndObject();
    }
}
