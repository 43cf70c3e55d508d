package io.driftwood.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.learned.Learned;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code driftwood/learned/v1}, the inverse of {@link LearnedEncoder}. Fields it does not know are skipped. */
public final class LearnedDecoder implements RecordDecoder {

    @Override
    public Decoded decode(RawRecord record) {
        if (record.isTruncated()) {
            return unreadable(Assembler.tooLong(record), record);
        }
        try {
            return new Decoded.Taught(read(record.value()));
        } catch (UnreadableException e) {
            return unreadable(e.getMessage(), record);
        }
    }

    private static Decoded unreadable(String reason, RawRecord record) {
        return new Decoded.Unreadable(new DeadLetter(reason, record));
    }

    /** One record, such as a line of a file. */
    public static Learned read(byte[] bytes) throws UnreadableException {
        try (JsonParser json = JsonDecoder.FACTORY.createParser(bytes)) {
            JsonToken first = json.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new UnreadableException(first == null ? "The record is empty." : "Not a JSON object but " + JsonDecoder.kind(first) + ".");
            }
            Draft draft = new Draft();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                draft.read(name, json);
            }
            if (json.nextToken() != null) {
                throw new UnreadableException("Something follows the JSON object.");
            }
            return draft.learned();
        } catch (JsonProcessingException e) {
            throw new UnreadableException(JsonDecoder.problem(e));
        } catch (UnreadableException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableException("Not JSON: " + e.getMessage() + ".");
        }
    }

    /** The message is one sentence about what is wrong with the record. */
    public static final class UnreadableException extends IOException {

        private static final long serialVersionUID = 1;

        UnreadableException(String reason) {
            super(reason);
        }
    }

    /** The fields met so far. */
    private static final class Draft {

        private String schema;
        private String name;
        private String type;
        private Long version;
        private Long eventTime;
        private SortedMap<String, String> labels = new TreeMap<>();
        private SortedMap<String, double[]> arrays;

        void read(String field, JsonParser json) throws IOException {
            switch (field) {
                case "schema" -> schema = text(field, json);
                case "name" -> name = text(field, json);
                case "type" -> type = text(field, json);
                case "version" -> version = whole(field, json);
                case "event_time" -> eventTime = time(field, json);
                case "labels" -> labels = labels(json);
                case "arrays" -> arrays = arrays(json);
                default -> json.skipChildren();
            }
        }

        Learned learned() throws UnreadableException {
            if (!PublishedSchema.LEARNED.id().equals(schema)) {
                throw new UnreadableException(
                        "The field `schema` must be \"" + PublishedSchema.LEARNED.id() + "\"" + (schema == null ? " and is missing." : " and is \"" + Assembler.excerpt(schema) + "\"."));
            }
            require(name, "name");
            require(type, "type");
            require(version, "version");
            require(eventTime, "event_time");
            require(arrays, "arrays");
            return new Learned(name, type, version, eventTime, labels, arrays);
        }

        private static void require(Object value, String field) throws UnreadableException {
            if (value == null) {
                throw new UnreadableException("The field `" + field + "` is missing.");
            }
        }

        private static String text(String field, JsonParser json) throws IOException {
            expect(json, JsonToken.VALUE_STRING, field, "a text");
            return json.getText();
        }

        private static long whole(String field, JsonParser json) throws IOException {
            expect(json, JsonToken.VALUE_NUMBER_INT, field, "a whole number");
            return json.getLongValue();
        }

        /** Null is always. */
        private static long time(String field, JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return Observation.NO_TIME;
            }
            String text = text(field, json);
            try {
                return Instant.parse(text).toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                throw new UnreadableException("The field `" + field + "` must be a time such as 2026-01-31T12:00:00Z, or null, and is \""
                        + Assembler.excerpt(text) + "\".");
            }
        }

        private static SortedMap<String, String> labels(JsonParser json) throws IOException {
            SortedMap<String, String> labels = new TreeMap<>();
            expect(json, JsonToken.START_OBJECT, "labels", "an object");
            for (String label = json.nextFieldName(); label != null; label = json.nextFieldName()) {
                json.nextToken();
                labels.put(label, text("labels." + label, json));
            }
            return labels;
        }

        private static SortedMap<String, double[]> arrays(JsonParser json) throws IOException {
            SortedMap<String, double[]> arrays = new TreeMap<>();
            expect(json, JsonToken.START_OBJECT, "arrays", "an object");
            for (String array = json.nextFieldName(); array != null; array = json.nextFieldName()) {
                json.nextToken();
                arrays.put(array, numbers("arrays." + array, json));
            }
            return arrays;
        }

        private static double[] numbers(String field, JsonParser json) throws IOException {
            expect(json, JsonToken.START_ARRAY, field, "an array of numbers");
            double[] numbers = new double[16];
            int size = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (!json.currentToken().isNumeric()) {
                    throw new UnreadableException("The field `" + field + "` must hold numbers and holds " + JsonDecoder.kind(json.currentToken()) + ".");
                }
                numbers = size == numbers.length ? Arrays.copyOf(numbers, 2 * size) : numbers;
                numbers[size] = json.getDoubleValue();
                if (!Double.isFinite(numbers[size++])) {
                    throw new UnreadableException("The field `" + field + "` must hold finite numbers and holds " + Assembler.excerpt(json.getText()) + ".");
                }
            }
            return Arrays.copyOf(numbers, size);
        }

        private static void expect(JsonParser json, JsonToken wanted, String field, String words) throws IOException {
            if (json.currentToken() != wanted) {
                throw new UnreadableException("The field `" + field + "` must be " + words + " and is " + JsonDecoder.kind(json.currentToken()) + ".");
            }
        }
    }
}
