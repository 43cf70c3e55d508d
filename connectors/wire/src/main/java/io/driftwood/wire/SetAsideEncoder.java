package io.driftwood.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.SetAside;
import java.io.IOException;
import java.util.List;

/** Writes {@code driftwood/set-aside/v1}: an observation that came late or was rejected, and why. */
public final class SetAsideEncoder extends JsonEncoder<SetAside> {

    private static final SerializedString SCHEMA = name("schema");
    private static final SerializedString FATE = name("fate");
    private static final SerializedString REASON = name("reason");
    private static final SerializedString KEY = name("key");
    private static final SerializedString EVENT_TIME = name("event_time");
    private static final SerializedString VALUES = name("values");
    private static final SerializedString ORIGIN = name("origin");
    private static final SerializedString OFFSET = name("offset");

    private final SerializedString[] fields;

    /** @param fields the names of the values, in the order of {@code Observation.values} */
    public SetAsideEncoder(List<String> fields) {
        this.fields = fields.stream().map(SerializedString::new).toArray(SerializedString[]::new);
    }

    @Override
    byte[] key(SetAside aside) {
        return utf8(aside.observation().key());
    }

    @Override
    void write(SetAside aside, JsonGenerator json) throws IOException {
        Observation observation = aside.observation();
        json.writeFieldName(SCHEMA);
        json.writeString("driftwood/set-aside/v1");
        json.writeFieldName(FATE);
        json.writeString(aside.fate());
        json.writeFieldName(REASON);
        json.writeString(aside.reason());
        json.writeFieldName(KEY);
        json.writeString(observation.key());
        writeTime(json, EVENT_TIME, observation.eventTime());
        json.writeFieldName(VALUES);
        json.writeStartObject();
        for (int i = 0; i < fields.length; i++) {
            json.writeFieldName(fields[i]);
            writeValue(json, observation.values()[i]);
        }
        json.writeEndObject();
        json.writeFieldName(ORIGIN);
        json.writeString(observation.origin());
        json.writeFieldName(OFFSET);
        json.writeNumber(observation.offset());
    }

    /** An infinite value is a usual reason for being set aside, so it is told from a missing one, as text. */
    private static void writeValue(JsonGenerator json, double value) throws IOException {
        if (Double.isInfinite(value)) {
            json.writeString(value > 0 ? "Infinity" : "-Infinity");
        } else {
            writeNumber(json, value);
        }
    }
}
