package io.driftwood.flink.type;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer whose bytes have a numbered layout, so that what an older release wrote can be read and migrated.
 *
 * <p>The number is kept once per state, in the {@link LayoutSnapshot}, never per record. Values of variable length.
 */
public abstract class LayoutSerializer<T> extends TypeSerializer<T> {

    private final int layout;

    protected LayoutSerializer(int layout) { this.layout = layout; }

    /** The layout this instance reads, and writes when it is the newest. */
    public final int layout() { return layout; }

    @Override
    public T copy(T from, T reuse) { return copy(from); }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException { return deserialize(source); }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException { serialize(deserialize(source), target); }

    @Override
    public int getLength() { return -1; }

    @Override
    public boolean equals(Object other) {
        return other != null && other.getClass() == getClass() && ((LayoutSerializer<?>) other).layout == layout;
    }

    @Override
    public int hashCode() { return 31 * getClass().hashCode() + layout; }

    @Override
    public String toString() { return getClass().getSimpleName() + "(layout " + layout + ")"; }
}
