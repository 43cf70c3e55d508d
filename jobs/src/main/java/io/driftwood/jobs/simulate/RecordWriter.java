package io.driftwood.jobs.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftwood.wire.DecodeSpec;
import io.driftwood.wire.RecordFormat;
import io.driftwood.wire.TimeFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes records as a job's source reads them: JSON lines or CSV, with the fields, the key and the time where the job looks for them. */
public final class RecordWriter {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DecodeSpec spec;
    private final Optional<RecordFormat.Csv> csv;
    private final List<String> columns;

    public RecordWriter(DecodeSpec spec, RecordFormat format) {
        this.spec = spec;
        csv = format instanceof RecordFormat.Csv separated ? Optional.of(separated) : Optional.empty();
        columns = csv.filter(c -> !c.columns().isEmpty()).map(RecordFormat.Csv::columns).orElse(List.copyOf(record("", 0, new double[0]).keySet()));
    }

    /** The first line of the file, where its format has one. */
    public Optional<String> header() {
        return csv.filter(RecordFormat::headed).map(c -> String.join(String.valueOf(c.separator()), columns));
    }

    /** @param index of the record in the stream; its time is so many steps after the beginning of 2026 */
    public String line(String key, long index, double[] values) {
        Map<String, Object> record = record(key, index, values);
        if (csv.isEmpty()) {
            return json(record);
        }
        List<String> cells = new ArrayList<>();
        columns.forEach(column -> cells.add(String.valueOf(record.getOrDefault(column, ""))));
        return String.join(String.valueOf(csv.get().separator()), cells);
    }

    private Map<String, Object> record(String key, long index, double[] values) {
        Map<String, Object> record = new LinkedHashMap<>();
        if (spec.key() instanceof DecodeSpec.KeySource.Field field) {
            record.put(field.name(), key);
        }
        if (spec.time() instanceof DecodeSpec.TimeSource.Field field) {
            record.put(field.name(), time(field.format(), index));
        }
        for (int i = 0; i < spec.fields().size(); i++) {
            record.put(spec.fields().get(i), i < values.length ? number(values[i]) : "");
        }
        return record;
    }

    private static Object number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Object) (long) value : (Object) value;
    }

    /** One second from record to record; one day where only dates are written, because ties have no order of their own. */
    private static Object time(TimeFormat format, long index) {
        Instant second = BEGIN.plusSeconds(index);
        if (format instanceof TimeFormat.EpochMillis) {
            return second.toEpochMilli();
        } else if (format instanceof TimeFormat.EpochSeconds) {
            return second.getEpochSecond();
        } else if (format instanceof TimeFormat.Date) {
            return BEGIN.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(index).toString();
        } else if (format instanceof TimeFormat.Pattern pattern) {
            return DateTimeFormatter.ofPattern(pattern.letters(), java.util.Locale.ENGLISH).format(second.atZone(ZoneOffset.UTC));
        }
        return second.toString();
    }

    /** One line of the truth: a key and its parameters. */
    public static String truth(String key, Map<String, Double> parameters) {
        ObjectNode line = JSON.createObjectNode().put("key", key);
        ObjectNode values = line.putObject("parameters");
        parameters.forEach(values::put);
        return line.toString();
    }

    private static String json(Map<String, Object> record) {
        try {
            return JSON.writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
