package io.driftwood.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;

/** Writes {@code driftwood/sample/v1}. Fields stand in a fixed order; the key is the number of the run. */
public final class SampleEncoder extends JsonEncoder<Sample> {

    private static final SerializedString SCHEMA = name("schema");
    private static final SerializedString JOB = name("job");
    private static final SerializedString CHAIN = name("chain");
    private static final SerializedString LANE = name("lane");
    private static final SerializedString DRAW = name("draw");
    private static final SerializedString WEIGHT = name("weight");
    private static final SerializedString LOG_WEIGHT = name("log_weight");
    private static final SerializedString PARAMETERS = name("parameters");

    @Override
    byte[] key(Sample sample) {
        return utf8(String.valueOf(sample.chain()));
    }

    @Override
    void write(Sample sample, JsonGenerator json) throws IOException {
        json.writeFieldName(SCHEMA);
        json.writeString(PublishedSchema.SAMPLE.id());
        json.writeFieldName(JOB);
        json.writeString(sample.job());
        json.writeFieldName(CHAIN);
        json.writeNumber(sample.chain());
        if (sample.lane() >= 0) {
            json.writeFieldName(LANE);
            json.writeNumber(sample.lane());
        }
        json.writeFieldName(DRAW);
        json.writeNumber(sample.draw());
        writeNumber(json, WEIGHT, sample.weight());
        writeNumber(json, LOG_WEIGHT, sample.logWeight());
        json.writeFieldName(PARAMETERS);
        json.writeStartObject();
        for (int j = 0; j < sample.names().length; j++) {
            json.writeFieldName(sample.names()[j]);
            writeNumber(json, sample.values()[j]);
        }
        json.writeEndObject();
    }
}
