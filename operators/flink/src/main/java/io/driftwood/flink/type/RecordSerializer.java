package io.driftwood.flink.type;

/**
 * A serializer of an immutable record: copying is free, and instances hold no buffers, so one serves all threads. Arrays inside
 * a record belong to it and are never written after it was made.
 */
abstract class RecordSerializer<T> extends LayoutSerializer<T> {

    RecordSerializer(int layout) { super(layout); }

    @Override
    public boolean isImmutableType() { return true; }

    @Override
    public RecordSerializer<T> duplicate() { return this; }

    @Override
    public T copy(T from) { return from; }
}
