package io.driftwood.wire;

import static io.driftwood.wire.SummaryFields.*;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.summary.LearnedVersion;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads {@code driftwood/posterior-summary/v1}: the inverse of {@link SummaryEncoder}, except that infinities come back as
 * NaN. Fields it does not know are skipped, so that it reads what later minor versions add.
 */
public final class SummaryDecoder {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

    /** Throws {@link IOException} when the bytes are no such summary. */
    public PosteriorSummary decode(byte[] bytes) throws IOException {
        try (JsonParser json = FACTORY.createParser(bytes)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            Draft draft = new Draft();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                read(json, name, draft);
            }
            if (!SCHEMA_V1.equals(draft.schema)) {
                throw new JsonParseException(json, "not a " + SCHEMA_V1 + " but " + draft.schema);
            }
            return draft.summary();
        }
    }

    private static void read(JsonParser json, String name, Draft draft) throws IOException {
        switch (name) {
            case "schema" -> draft.schema = json.getText();
            case "job" -> draft.job = json.getText();
            case "key" -> draft.key = json.getText();
            case "seq" -> draft.seq = json.getLongValue();
            case "event_time" -> draft.eventTime =
                    isNull(json) ? Observation.NO_TIME : Instant.parse(json.getText()).toEpochMilli();
            case "parameters" -> draft.parameters = quantities(json, draft);
            case "derived" -> draft.derived = quantities(json, draft);
            case "log_evidence" -> draft.logEvidence = number(json);
            case "log_evidence_increment" -> draft.logEvidenceIncrement = number(json);
            case "log_evidence_se" -> draft.logEvidenceSe = number(json);
            case "evidence_kind" -> draft.evidenceKind = json.getText();
            case "ess" -> draft.ess = number(json);
            case "particles" -> draft.particles = json.getIntValue();
            case "acceptance" -> draft.acceptance = number(json);
            case "moves" -> draft.moves = json.getIntValue();
            case "tempering_steps" -> draft.temperingSteps = json.getIntValue();
            case "resampled" -> draft.resampled = json.getBooleanValue();
            case "rejected_non_finite" -> draft.rejectedNonFinite = json.getLongValue();
            case "missing" -> draft.missing = json.getBooleanValue();
            case "state" -> draft.state = json.getText();
            case "bias" -> draft.bias = isNull(json) ? "" : json.getText();
            case "samples" -> draft.samples = samples(json);
            case "learned" -> draft.learned = isNull(json) ? null : learned(json);
            default -> json.skipChildren();
        }
    }

    private static Quantity[] quantities(JsonParser json, Draft draft) throws IOException {
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        List<Quantity> quantities = new ArrayList<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            double mean = Double.NaN;
            double sd = Double.NaN;
            double[] quantiles = new double[0];
            for (String part = json.nextFieldName(); part != null; part = json.nextFieldName()) {
                json.nextToken();
                switch (part) {
                    case "mean" -> mean = number(json);
                    case "sd" -> sd = number(json);
                    case "quantiles" -> quantiles = quantiles(json, draft);
                    default -> json.skipChildren();
                }
            }
            quantities.add(new Quantity(name, mean, sd, quantiles));
        }
        return quantities.toArray(new Quantity[0]);
    }

    private static double[] quantiles(JsonParser json, Draft draft) throws IOException {
        Numbers levels = new Numbers();
        Numbers quantiles = new Numbers();
        for (String level = json.nextFieldName(); level != null; level = json.nextFieldName()) {
            levels.add(Double.parseDouble(level));
            json.nextToken();
            quantiles.add(number(json));
        }
        draft.levels = levels.toArray();
        return quantiles.toArray();
    }

    private static PosteriorSummary.Samples samples(JsonParser json) throws IOException {
        double[] weights = new double[0];
        List<String> names = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        for (String part = json.nextFieldName(); part != null; part = json.nextFieldName()) {
            json.nextToken();
            if (part.equals("weights")) {
                weights = numbers(json);
            } else if (part.equals("values")) {
                for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                    json.nextToken();
                    names.add(name);
                    values.add(numbers(json));
                }
            } else {
                json.skipChildren();
            }
        }
        return new PosteriorSummary.Samples(
                names.toArray(new String[0]), values.toArray(new double[0][]), weights);
    }

    private static LearnedVersion learned(JsonParser json) throws IOException {
        String name = "";
        long version = 0;
        for (String part = json.nextFieldName(); part != null; part = json.nextFieldName()) {
            json.nextToken();
            switch (part) {
                case "name" -> name = json.getText();
                case "version" -> version = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        return new LearnedVersion(name, version);
    }

    private static double[] numbers(JsonParser json) throws IOException {
        Numbers numbers = new Numbers();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            numbers.add(number(json));
        }
        return numbers.toArray();
    }

    private static double number(JsonParser json) throws IOException {
        return isNull(json) ? Double.NaN : json.getDoubleValue();
    }

    private static boolean isNull(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    private static void expect(JsonParser json, JsonToken actual, JsonToken wanted) throws IOException {
        if (actual != wanted) {
            throw new JsonParseException(json, "expected " + wanted + ", found " + actual);
        }
    }

    /** A growing list of numbers. */
    private static final class Numbers {

        private double[] values = new double[8];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        double[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }

    /** The fields met so far. */
    private static final class Draft {

        String schema = "nothing that names its schema";
        String job = "";
        String key = "";
        long seq;
        long eventTime = Observation.NO_TIME;
        double[] levels = new double[0];
        Quantity[] parameters = new Quantity[0];
        Quantity[] derived = new Quantity[0];
        double logEvidence = Double.NaN;
        double logEvidenceIncrement = Double.NaN;
        double logEvidenceSe = Double.NaN;
        String evidenceKind = "";
        double ess = Double.NaN;
        int particles;
        double acceptance = Double.NaN;
        int moves;
        int temperingSteps;
        boolean resampled;
        long rejectedNonFinite;
        boolean missing;
        String state = "";
        String bias = "";
        PosteriorSummary.Samples samples;
        LearnedVersion learned;

        PosteriorSummary summary() {
            return new PosteriorSummary(
                    job, key, seq, eventTime, levels, parameters, derived, logEvidence, logEvidenceSe,
                    logEvidenceIncrement, evidenceKind, ess, particles, acceptance, moves, temperingSteps, resampled,
                    rejectedNonFinite, missing, state, bias, samples, learned);
        }
    }
}
