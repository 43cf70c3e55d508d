package io.driftwood.wire;

import static io.driftwood.wire.SummaryFields.*;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.io.SerializedString;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Writes {@code driftwood/posterior-summary/v1}. Fields stand in a fixed order; missing numbers, an absent event time and an
 * absent bias are null; {@code samples} is left out where none were asked for.
 */
public final class SummaryEncoder extends JsonEncoder<PosteriorSummary> {

    private double[] levels = new double[0];
    private SerializedString[] levelNames = new SerializedString[0];

    @Override
    byte[] key(PosteriorSummary summary) {
        return utf8(summary.key());
    }

    @Override
    void write(PosteriorSummary summary, JsonGenerator json) throws IOException {
        nameLevels(summary.levels());
        json.writeFieldName(SCHEMA);
        json.writeString(SCHEMA_V1);
        json.writeFieldName(JOB);
        json.writeString(summary.job());
        json.writeFieldName(KEY);
        json.writeString(summary.key());
        json.writeFieldName(SEQ);
        json.writeNumber(summary.seq());
        writeTime(json, EVENT_TIME, summary.eventTime());
        writeQuantities(json, PARAMETERS, summary.parameters());
        writeQuantities(json, DERIVED, summary.derived());
        writeEvidence(json, summary);
        writeStep(json, summary);
        if (summary.samples() != null) {
            writeSamples(json, summary.samples());
        }
    }

    private void writeEvidence(JsonGenerator json, PosteriorSummary summary) throws IOException {
        writeNumber(json, LOG_EVIDENCE, summary.logEvidence());
        writeNumber(json, LOG_EVIDENCE_INCREMENT, summary.logEvidenceIncrement());
        writeNumber(json, LOG_EVIDENCE_SE, summary.logEvidenceSe());
        json.writeFieldName(EVIDENCE_KIND);
        json.writeString(summary.evidenceKind());
    }

    private void writeStep(JsonGenerator json, PosteriorSummary summary) throws IOException {
        writeNumber(json, ESS, summary.ess());
        json.writeFieldName(PARTICLES);
        json.writeNumber(summary.particles());
        writeNumber(json, ACCEPTANCE, summary.acceptance());
        json.writeFieldName(MOVES);
        json.writeNumber(summary.moves());
        json.writeFieldName(TEMPERING_STEPS);
        json.writeNumber(summary.temperingSteps());
        json.writeFieldName(RESAMPLED);
        json.writeBoolean(summary.resampled());
        json.writeFieldName(REJECTED_NON_FINITE);
        json.writeNumber(summary.rejectedNonFinite());
        json.writeFieldName(MISSING);
        json.writeBoolean(summary.missing());
        json.writeFieldName(STATE);
        json.writeString(summary.state());
        json.writeFieldName(BIAS);
        if (summary.bias().isEmpty()) {
            json.writeNull();
        } else {
            json.writeString(summary.bias());
        }
    }

    private void writeQuantities(JsonGenerator json, SerializedString name, Quantity[] quantities) throws IOException {
        json.writeFieldName(name);
        json.writeStartObject();
        for (Quantity quantity : quantities) {
            json.writeFieldName(quantity.name());
            json.writeStartObject();
            writeNumber(json, MEAN, quantity.mean());
            writeNumber(json, SD, quantity.sd());
            json.writeFieldName(QUANTILES);
            json.writeStartObject();
            for (int level = 0; level < levels.length; level++) {
                writeNumber(json, levelNames[level], quantity.quantiles()[level]);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeSamples(JsonGenerator json, PosteriorSummary.Samples samples) throws IOException {
        json.writeFieldName(SAMPLES);
        json.writeStartObject();
        json.writeFieldName(WEIGHTS);
        writeNumbers(json, samples.weights());
        json.writeFieldName(VALUES);
        json.writeStartObject();
        for (int k = 0; k < samples.names().length; k++) {
            json.writeFieldName(samples.names()[k]);
            writeNumbers(json, samples.values()[k]);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeNumbers(JsonGenerator json, double[] numbers) throws IOException {
        json.writeStartArray();
        for (double number : numbers) {
            writeNumber(json, number);
        }
        json.writeEndArray();
    }

    private void nameLevels(double[] wanted) {
        if (!Arrays.equals(levels, wanted)) {
            levels = wanted.clone();
            levelNames = Arrays.stream(levels).mapToObj(SummaryEncoder::levelName).toArray(SerializedString[]::new);
        }
    }

    /** 0.05 is "0.05" and 0.5 is "0.5": the shortest decimal form, never with an exponent. */
    private static SerializedString levelName(double level) {
        return name(new BigDecimal(NumberOutput.toString(level, true)).stripTrailingZeros().toPlainString());
    }
}
