package io.driftwood.wire;

import static io.driftwood.wire.SummaryFields.*;

import com.fasterxml.jackson.core.JsonGenerator;
import io.driftwood.inference.summary.PosteriorSummary;
import java.io.IOException;

/**
 * Writes {@code driftwood/posterior-summary/v1}. Fields stand in a fixed order; missing numbers, an absent event time and an
 * absent bias are null; {@code samples} is left out where none were asked for, {@code learned} where nothing learned served.
 */
public final class SummaryEncoder extends JsonEncoder<PosteriorSummary> {

    private final QuantityWriter quantities = new QuantityWriter();

    @Override
    byte[] key(PosteriorSummary summary) {
        return utf8(summary.key());
    }

    @Override
    void write(PosteriorSummary summary, JsonGenerator json) throws IOException {
        quantities.nameLevels(summary.levels());
        json.writeFieldName(SCHEMA);
        json.writeString(SCHEMA_V1);
        json.writeFieldName(JOB);
        json.writeString(summary.job());
        json.writeFieldName(KEY);
        json.writeString(summary.key());
        json.writeFieldName(SEQ);
        json.writeNumber(summary.seq());
        writeTime(json, EVENT_TIME, summary.eventTime());
        quantities.write(json, PARAMETERS, summary.parameters());
        quantities.write(json, DERIVED, summary.derived());
        writeEvidence(json, summary);
        writeStep(json, summary);
        if (summary.samples() != null) {
            writeSamples(json, summary.samples());
        }
        QuantityWriter.write(json, summary.learned());
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
        writeText(json, BIAS, summary.bias());
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
}
