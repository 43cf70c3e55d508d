package io.driftwood.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.driftwood.inference.assimilate.RaisedAlarm;
import java.io.IOException;

/** Writes {@code driftwood/alarm/v1}. Fields stand in a fixed order. */
public final class AlarmEncoder extends JsonEncoder<RaisedAlarm> {

    private static final SerializedString SCHEMA = name("schema");
    private static final SerializedString JOB = name("job");
    private static final SerializedString KEY = name("key");
    private static final SerializedString SEQ = name("seq");
    private static final SerializedString KIND = name("kind");
    private static final SerializedString CHANNEL = name("channel");
    private static final SerializedString EVENT_TIME = name("event_time");
    private static final SerializedString DETECTION_TIME = name("detection_time");
    private static final SerializedString STATISTIC = name("statistic");
    private static final SerializedString BOUND = name("bound");
    private static final SerializedString MESSAGE = name("message");

    private final String job;

    public AlarmEncoder(String job) {
        this.job = job;
    }

    @Override
    byte[] key(RaisedAlarm raised) {
        return utf8(raised.key());
    }

    @Override
    void write(RaisedAlarm raised, JsonGenerator json) throws IOException {
        json.writeFieldName(SCHEMA);
        json.writeString(PublishedSchema.ALARM.id());
        json.writeFieldName(JOB);
        json.writeString(job);
        json.writeFieldName(KEY);
        json.writeString(raised.key());
        json.writeFieldName(SEQ);
        json.writeNumber(raised.seq());
        json.writeFieldName(KIND);
        json.writeString(raised.alarm().kind());
        writeText(json, CHANNEL, raised.alarm().channel());
        writeTime(json, EVENT_TIME, raised.eventTime());
        writeTime(json, DETECTION_TIME, raised.detectionTime());
        writeNumber(json, STATISTIC, raised.alarm().statistic());
        writeNumber(json, BOUND, raised.alarm().bound());
        json.writeFieldName(MESSAGE);
        json.writeString(raised.alarm().message());
    }
}
