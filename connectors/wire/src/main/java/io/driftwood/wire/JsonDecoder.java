package io.driftwood.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Reads observations and questions from JSON objects, token by token: nothing is built that nobody asked for.
 *
 * <p>{@code null} and {@code NaN} are missing values, {@code true} and {@code false} are 1 and 0, {@code Infinity} is passed
 * on. A number in quotes is text, and text is no number. Fields that nobody asked for may hold anything.
 */
final class JsonDecoder implements RecordDecoder {

    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** Where, the parser says, that began which is not closed; half of it is about a source that it does not show. */
    private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at \\[.*?]\\)");

    private final Assembler assembler;

    JsonDecoder(DecodeSpec spec) {
        assembler = new Assembler(spec);
    }

    @Override
    public Decoded decode(RawRecord record) {
        if (assembler.start(record)) {
            try (JsonParser parser = FACTORY.createParser(record.value())) {
                readObject(parser);
            } catch (JsonProcessingException e) {
                assembler.fail(problem(e));
            } catch (IOException e) {
                assembler.fail("Not JSON: " + e.getMessage() + ".");
            }
        }
        return assembler.finish();
    }

    private void readObject(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            assembler.fail(first == null ? "The record is blank." : "Not a JSON object but " + kind(first) + ".");
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            int slot = assembler.slot(name);
            if (slot == Assembler.NONE) {
                parser.skipChildren();
            } else {
                readField(parser, value, slot);
            }
            if (assembler.failed()) {
                return;
            }
        }
        if (parser.nextToken() != null) {
            assembler.fail("Something follows the JSON object.");
        }
    }

    private void readField(JsonParser parser, JsonToken value, int slot) throws IOException {
        switch (value) {
            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> assembler.number(slot, parser.getDoubleValue(), parser::getText);
            case VALUE_STRING -> assembler.text(slot, parser.getText(), Spelled.nonFinite(parser.getText()));
            case VALUE_TRUE -> assembler.truth(slot, true);
            case VALUE_FALSE -> assembler.truth(slot, false);
            case VALUE_NULL -> assembler.missing(slot);
            default -> assembler.wrongKind(slot, kind(value));
        }
    }

    /** One sentence. */
    static String problem(JsonProcessingException e) {
        String where = e.getLocation() == null ? "" : " (byte " + e.getLocation().getByteOffset() + ")";
        return "Not JSON: " + START_MARKER.matcher(e.getOriginalMessage()).replaceAll("") + where + ".";
    }

    static String kind(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> "a number";
            case VALUE_NULL -> "null";
            default -> "a truth value";
        };
    }
}
