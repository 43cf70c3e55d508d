package io.driftwood.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.driftwood.inference.assimilate.Observation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One generator over one growing buffer, kept from record to record.
 *
 * <p>Numbers are written in their shortest form by Jackson's own algorithm and not by {@code Double.toString}, whose digits
 * differ between Java versions: the same record gives the same bytes on every one. JSON has no NaN and no infinity: both are
 * null.
 */
abstract class JsonEncoder<T> implements RecordEncoder<T> {

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .rootValueSeparator((String) null)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(4096);
    private final JsonGenerator json;

    JsonEncoder() {
        try {
            json = FACTORY.createGenerator(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public final OutputRecord encode(T record) {
        try {
            buffer.reset();
            json.writeStartObject();
            write(record, json);
            json.writeEndObject();
            json.flush();
            return new OutputRecord(key(record), buffer.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen: the buffer is in memory", e);
        }
    }

    /** Writes the fields between the braces. */
    abstract void write(T record, JsonGenerator json) throws IOException;

    abstract byte[] key(T record);

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static SerializedString name(String name) {
        return new SerializedString(name);
    }

    static void writeNumber(JsonGenerator json, SerializedString name, double number) throws IOException {
        json.writeFieldName(name);
        writeNumber(json, number);
    }

    static void writeNumber(JsonGenerator json, double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    static void writeTime(JsonGenerator json, SerializedString name, long epochMillis) throws IOException {
        json.writeFieldName(name);
        if (epochMillis == Observation.NO_TIME) {
            json.writeNull();
        } else {
            json.writeString(Instant.ofEpochMilli(epochMillis).toString());
        }
    }

    static void writeNumbers(JsonGenerator json, double[] numbers) throws IOException {
        json.writeStartArray();
        for (double number : numbers) {
            writeNumber(json, number);
        }
        json.writeEndArray();
    }

    /** An empty text is null. */
    static void writeText(JsonGenerator json, SerializedString name, String text) throws IOException {
        json.writeFieldName(name);
        if (text.isEmpty()) {
            json.writeNull();
        } else {
            json.writeString(text);
        }
    }
}
