package io.driftwood.wire;

import static io.driftwood.wire.SummaryFields.*;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.io.SerializedString;
import io.driftwood.inference.summary.LearnedVersion;
import io.driftwood.inference.summary.Quantity;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/** Writes what summaries and answers have in common: quantities with their quantiles by level, and which version of something learned served. */
final class QuantityWriter {

    private static final SerializedString LEARNED = new SerializedString("learned");
    private static final SerializedString NAME = new SerializedString("name");
    private static final SerializedString VERSION = new SerializedString("version");

    private double[] levels = new double[0];
    private SerializedString[] levelNames = new SerializedString[0];

    /** Levels of the quantities to come. */
    void nameLevels(double[] wanted) {
        if (!Arrays.equals(levels, wanted)) {
            levels = wanted.clone();
            levelNames = Arrays.stream(levels).mapToObj(QuantityWriter::levelName).toArray(SerializedString[]::new);
        }
    }

    /** 0.05 is "0.05" and 0.5 is "0.5": the shortest decimal form, never with an exponent. */
    private static SerializedString levelName(double level) {
        return new SerializedString(new BigDecimal(NumberOutput.toString(level, true)).stripTrailingZeros().toPlainString());
    }

    void write(JsonGenerator json, SerializedString name, Quantity[] quantities) throws IOException {
        json.writeFieldName(name);
        json.writeStartObject();
        for (Quantity quantity : quantities) {
            json.writeFieldName(quantity.name());
            json.writeStartObject();
            JsonEncoder.writeNumber(json, MEAN, quantity.mean());
            JsonEncoder.writeNumber(json, SD, quantity.sd());
            json.writeFieldName(QUANTILES);
            json.writeStartObject();
            for (int level = 0; level < levels.length; level++) {
                JsonEncoder.writeNumber(json, levelNames[level], quantity.quantiles()[level]);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Left out where nothing learned served. */
    static void write(JsonGenerator json, LearnedVersion learned) throws IOException {
        if (learned == null) {
            return;
        }
        json.writeFieldName(LEARNED);
        json.writeStartObject();
        json.writeFieldName(NAME);
        json.writeString(learned.name());
        json.writeFieldName(VERSION);
        json.writeNumber(learned.version());
        json.writeEndObject();
    }
}
