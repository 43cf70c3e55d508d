package io.driftwood.flink.type;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is saved about a {@link LayoutSerializer}: its layout number. An older layout migrates to the newest; a newer one, written
 * by a later release, is refused while it is read.
 *
 * <p>Class names of snapshots are part of the saved-state contract: never rename them.
 */
public abstract class LayoutSnapshot<T> implements TypeSerializerSnapshot<T> {

    private final int newestLayout;
    private int layout;

    /**
     * @param newestLayout the newest layout this release knows
     * @param layout the layout of the serializer this is taken from
     */
    protected LayoutSnapshot(int newestLayout, int layout) {
        this.newestLayout = newestLayout;
        this.layout = layout;
    }

    /** A serializer that reads the given layout. */
    protected abstract TypeSerializer<T> serializerOf(int layout);

    protected final int layout() { return layout; }

    @Override
    public int getCurrentVersion() { return 1; }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException { out.writeInt(layout); }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader userClasses) throws IOException {
        layout = in.readInt();
        if (layout < 0 || layout > newestLayout) {
            throw new IOException("This state was saved in layout " + layout + " of " + getClass().getEnclosingClass().getSimpleName()
                    + ", by a newer release; this release reads layouts up to " + newestLayout
                    + ". Start it from state saved by this release or an older one, or go back to the newer release.");
        }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() { return serializerOf(layout); }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> saved) {
        if (saved.getClass() != getClass()) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        int savedLayout = ((LayoutSnapshot<T>) saved).layout;
        if (savedLayout > layout) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        return savedLayout == layout
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
}
