package io.driftwood.wire;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * One record as it came, before anybody has looked inside. Immutable by agreement: nobody changes the arrays.
 *
 * @param key the record's key; empty when it has none
 * @param value the bytes of the record; of a record longer than the source accepts, only the first {@link #KEPT_BYTES}
 * @param origin "topic-partition", a file's path, or "stdin"
 * @param offset Kafka offset, or line number starting at 1
 * @param timestamp epoch milliseconds that the transport knows; {@code Observation.NO_TIME} when it knows none
 * @param length the true length of the value in bytes
 */
public record RawRecord(byte[] key, byte[] value, String origin, long offset, long timestamp, long length)
        implements Serializable {

    /** How much of an oversized record is kept, for its dead letter. */
    public static final int KEPT_BYTES = 64 * 1024;

    private static final byte[] NO_BYTES = new byte[0];

    /** A whole record. A null key or value, as Kafka has them, is empty. */
    public static RawRecord of(byte[] key, byte[] value, String origin, long offset, long timestamp) {
        byte[] whole = value == null ? NO_BYTES : value;
        return new RawRecord(key == null ? NO_BYTES : key, whole, origin, offset, timestamp, whole.length);
    }

    /** This record as a source that accepts at most {@code maxRecordBytes} hands it on: whole, or its first bytes. */
    public RawRecord boundedTo(long maxRecordBytes) {
        if (value.length <= maxRecordBytes) {
            return this;
        }
        byte[] kept = Arrays.copyOf(value, (int) Math.min(KEPT_BYTES, maxRecordBytes));
        return new RawRecord(key, kept, origin, offset, timestamp, length);
    }

    public boolean isTruncated() {
        return value.length < length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawRecord that
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value)
                && origin.equals(that.origin)
                && offset == that.offset
                && timestamp == that.timestamp
                && length == that.length;
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hash(origin, offset, timestamp, length) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "RawRecord[" + origin + "@" + offset + ", " + length + " bytes]";
    }
}
