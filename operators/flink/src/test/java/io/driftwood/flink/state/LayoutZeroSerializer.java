package io.driftwood.flink.state;

import io.driftwood.flink.type.LayoutSerializer;
import io.driftwood.inference.assimilate.PosteriorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The serializer as the prototype had it: writes layout 0 and says so in the snapshot. */
final class LayoutZeroSerializer extends LayoutSerializer<PosteriorState> {

    private static final long serialVersionUID = 1;

    LayoutZeroSerializer() { super(LayoutZero.NUMBER); }

    @Override
    public boolean isImmutableType() { return false; }

    @Override
    public LayoutZeroSerializer duplicate() { return new LayoutZeroSerializer(); }

    @Override
    public PosteriorState createInstance() { return new PosteriorState(); }

    @Override
    public PosteriorState copy(PosteriorState from) { return StateCopy.withoutPayload(from); }

    @Override
    public void serialize(PosteriorState state, DataOutputView out) throws IOException { LayoutZeroWriter.write(state, out); }

    @Override
    public PosteriorState deserialize(DataInputView in) throws IOException { return new LayoutZero().read(in); }

    @Override
    public TypeSerializerSnapshot<PosteriorState> snapshotConfiguration() {
        try {
            return GoldenState.snapshot(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
