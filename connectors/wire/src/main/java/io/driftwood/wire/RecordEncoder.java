package io.driftwood.wire;

/** Writes one kind of record as JSON: the same record always gives the same bytes. Owns its buffers; one instance per writer. */
public interface RecordEncoder<T> {

    OutputRecord encode(T record);
}
