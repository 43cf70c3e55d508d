package io.driftwood.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes {@code driftwood/dead-letter/v1}: the reason, where the record stands, and its bytes, in base64 and also as text
 * where they are UTF-8.
 *
 * <p>At most {@link RawRecord#KEPT_BYTES} of key and of value are written, so that a dead letter fits into a Kafka record; {@code
 * truncated} and {@code length} say when there was more.
 */
public final class DeadLetterEncoder extends JsonEncoder<DeadLetter> {

    private static final SerializedString SCHEMA = name("schema");
    private static final SerializedString REASON = name("reason");
    private static final SerializedString ORIGIN = name("origin");
    private static final SerializedString OFFSET = name("offset");
    private static final SerializedString TIMESTAMP = name("timestamp");
    private static final SerializedString KEY = name("key_base64");
    private static final SerializedString RAW = name("raw_base64");
    private static final SerializedString TEXT = name("raw_text");
    private static final SerializedString TRUNCATED = name("truncated");
    private static final SerializedString LENGTH = name("length");

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

    @Override
    byte[] key(DeadLetter letter) {
        byte[] key = letter.record().key();
        return key.length <= RawRecord.KEPT_BYTES ? key : new byte[0];
    }

    @Override
    void write(DeadLetter letter, JsonGenerator json) throws IOException {
        RawRecord record = letter.record().boundedTo(RawRecord.KEPT_BYTES);
        json.writeFieldName(SCHEMA);
        json.writeString("driftwood/dead-letter/v1");
        json.writeFieldName(REASON);
        json.writeString(letter.reason());
        json.writeFieldName(ORIGIN);
        json.writeString(record.origin());
        json.writeFieldName(OFFSET);
        json.writeNumber(record.offset());
        writeTime(json, TIMESTAMP, record.timestamp());
        json.writeFieldName(KEY);
        if (record.key().length == 0) {
            json.writeNull();
        } else {
            json.writeBinary(record.key(), 0, Math.min(record.key().length, RawRecord.KEPT_BYTES));
        }
        json.writeFieldName(RAW);
        json.writeBinary(record.value());
        json.writeFieldName(TEXT);
        writeText(record, json);
        json.writeFieldName(TRUNCATED);
        json.writeBoolean(record.isTruncated());
        json.writeFieldName(LENGTH);
        json.writeNumber(record.length());
    }

    private void writeText(RawRecord record, JsonGenerator json) throws IOException {
        byte[] bytes = record.isTruncated() ? wholeCharacters(record.value()) : record.value();
        try {
            json.writeString(utf8.decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            json.writeNull();
        }
    }

    /** Drops a last character that was cut in two: at most three bytes of it can stand there. */
    private static byte[] wholeCharacters(byte[] bytes) {
        int lead = bytes.length - 1;
        while (lead >= 0 && lead > bytes.length - 4 && (bytes[lead] & 0xC0) == 0x80) {
            lead--;
        }
        if (lead < 0 || (bytes[lead] & 0x80) == 0) {
            return bytes;
        }
        int size = (bytes[lead] & 0xE0) == 0xC0 ? 2 : (bytes[lead] & 0xF0) == 0xE0 ? 3 : 4;
        return lead + size > bytes.length ? Arrays.copyOf(bytes, lead) : bytes;
    }
}
