package io.driftwood.wire;

/**
 * Turns raw records into what they say. Owns its parser and buffers: one instance per reader, not safe to share between
 * threads. Whatever the bytes are, it answers and does not throw.
 */
public interface RecordDecoder {

    Decoded decode(RawRecord record);

    /** Tells the names of the columns: the first line of a file whose format {@link RecordFormat#headed() has a header}. */
    default void header(RawRecord line) {}
}
