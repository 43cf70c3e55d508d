package io.driftwood.flink.state;

import io.driftwood.flink.type.LayoutSerializer;
import io.driftwood.flink.type.LayoutSnapshot;
import io.driftwood.flink.type.OwnTypeInformation;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.model.Rows;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Saves a key's posterior: the numbers in bulk, the small structured part through a strict Kryo; see {@link LayoutOne}. A state
 * comes back the same to the bit. Reads every released layout, writes the newest.
 *
 * <p>Owns buffers, so that nothing but the result is allocated: not safe to share between threads, {@link #duplicate} it.
 */
public final class PosteriorStateSerializer extends LayoutSerializer<PosteriorState> {

    private static final long serialVersionUID = 1;
    private static final int NEWEST = LayoutOne.NUMBER;

    private final PayloadTypes payloads;
    private transient StructuredPart structured;
    private transient StateLayout stateLayout;

    public PosteriorStateSerializer(PayloadTypes payloads) { this(NEWEST, payloads); }

    private PosteriorStateSerializer(int layout, PayloadTypes payloads) {
        super(layout);
        this.payloads = payloads;
    }

    public static TypeInformation<PosteriorState> typeInformation(PayloadTypes payloads) {
        return new OwnTypeInformation<>(PosteriorState.class, new PosteriorStateSerializer(payloads));
    }

    @Override
    public boolean isImmutableType() { return false; }

    @Override
    public PosteriorStateSerializer duplicate() { return new PosteriorStateSerializer(layout(), payloads); }

    @Override
    public PosteriorState createInstance() {
        PosteriorState state = new PosteriorState();
        state.history = new Rows(0);
        state.clock = Observation.NO_TIME;
        return state;
    }

    @Override
    public PosteriorState copy(PosteriorState from) {
        PosteriorState copy = StateCopy.withoutPayload(from);
        copy.payload = from.payload == null ? null : structured().copy(from.payload);
        return copy;
    }

    @Override
    public void serialize(PosteriorState state, DataOutputView out) throws IOException { stateLayout().write(state, out); }

    @Override
    public PosteriorState deserialize(DataInputView in) throws IOException { return stateLayout().read(in); }

    private StateLayout stateLayout() {
        if (stateLayout == null) {
            stateLayout = layout() == LayoutZero.NUMBER ? new LayoutZero() : new LayoutOne(structured());
        }
        return stateLayout;
    }

    private StructuredPart structured() {
        if (structured == null) {
            structured = new StructuredPart(payloads);
        }
        return structured;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && ((PosteriorStateSerializer) other).payloads.equals(payloads);
    }

    @Override
    public int hashCode() { return 31 * super.hashCode() + payloads.hashCode(); }

    @Override
    public String toString() { return "PosteriorStateSerializer(layout " + layout() + ", payload types " + payloads + ")"; }

    @Override
    public TypeSerializerSnapshot<PosteriorState> snapshotConfiguration() { return new Snapshot(layout(), payloads); }

    /** Saved with the state: layout number and payload types. Payload types may be added, never changed or taken away. */
    public static final class Snapshot extends LayoutSnapshot<PosteriorState> {

        private PayloadTypes payloads;

        public Snapshot() { this(NEWEST, PayloadTypes.none()); }

        private Snapshot(int layout, PayloadTypes payloads) {
            super(NEWEST, layout);
            this.payloads = payloads;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            super.writeSnapshot(out);
            payloads.write(out);
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader userClasses) throws IOException {
            super.readSnapshot(version, in, userClasses);
            payloads = PayloadTypes.read(in, userClasses);
        }

        @Override
        protected TypeSerializer<PosteriorState> serializerOf(int layout) { return new PosteriorStateSerializer(layout, payloads); }

        @Override
        public TypeSerializerSchemaCompatibility<PosteriorState> resolveSchemaCompatibility(TypeSerializerSnapshot<PosteriorState> saved) {
            boolean covered = saved instanceof Snapshot that && payloads.cover(that.payloads);
            return covered ? super.resolveSchemaCompatibility(saved) : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
