package io.driftwood.flink.type;

import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Layout 2: the components of the record in their order; samples, and what was learned, preceded by whether there are any. Layout 1 has nothing
 * learned.
 */
public final class PosteriorSummarySerializer extends RecordSerializer<PosteriorSummary> {

    private static final int NEWEST = 2;

    public PosteriorSummarySerializer() { this(NEWEST); }

    private PosteriorSummarySerializer(int layout) { super(layout); }

    @Override
    public PosteriorSummary createInstance() {
        return new PosteriorSummary("", "", 0, 0, new double[0], new Quantity[0], new Quantity[0], Double.NaN, Double.NaN, Double.NaN, "",
                Double.NaN, 0, Double.NaN, 0, 0, false, 0, false, "", "", null);
    }

    @Override
    public void serialize(PosteriorSummary s, DataOutputView out) throws IOException {
        Fields.writeString(s.job(), out);
        Fields.writeString(s.key(), out);
        out.writeLong(s.seq());
        out.writeLong(s.eventTime());
        Fields.writeDoubles(s.levels(), out);
        Fields.writeQuantities(s.parameters(), out);
        Fields.writeQuantities(s.derived(), out);
        out.writeDouble(s.logEvidence());
        out.writeDouble(s.logEvidenceSe());
        out.writeDouble(s.logEvidenceIncrement());
        Fields.writeString(s.evidenceKind(), out);
        out.writeDouble(s.ess());
        out.writeInt(s.particles());
        out.writeDouble(s.acceptance());
        out.writeInt(s.moves());
        out.writeInt(s.temperingSteps());
        out.writeBoolean(s.resampled());
        out.writeLong(s.rejectedNonFinite());
        out.writeBoolean(s.missing());
        Fields.writeString(s.state(), out);
        Fields.writeString(s.bias(), out);
        writeSamples(s.samples(), out);
        if (layout() > 1) {
            Fields.writeVersion(s.learned(), out);
        }
    }

    @Override
    public PosteriorSummary deserialize(DataInputView in) throws IOException {
        return new PosteriorSummary(Fields.readString(in), Fields.readString(in), in.readLong(), in.readLong(), Fields.readDoubles(in),
                Fields.readQuantities(in), Fields.readQuantities(in), in.readDouble(), in.readDouble(), in.readDouble(), Fields.readString(in),
                in.readDouble(), in.readInt(), in.readDouble(), in.readInt(), in.readInt(), in.readBoolean(), in.readLong(),
                in.readBoolean(), Fields.readString(in), Fields.readString(in), readSamples(in), layout() > 1 ? Fields.readVersion(in) : null);
    }

    private static void writeSamples(PosteriorSummary.Samples samples, DataOutputView out) throws IOException {
        out.writeBoolean(samples != null);
        if (samples == null) {
            return;
        }
        out.writeInt(samples.names().length);
        for (int k = 0; k < samples.names().length; k++) {
            Fields.writeString(samples.names()[k], out);
            Fields.writeDoubles(samples.values()[k], out);
        }
        Fields.writeDoubles(samples.weights(), out);
    }

    private static PosteriorSummary.Samples readSamples(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        int parameters = Fields.readCount(in);
        String[] names = new String[parameters];
        double[][] values = new double[parameters][];
        for (int k = 0; k < parameters; k++) {
            names[k] = Fields.readString(in);
            values[k] = Fields.readDoubles(in);
        }
        return new PosteriorSummary.Samples(names, values, Fields.readDoubles(in));
    }

    @Override
    public TypeSerializerSnapshot<PosteriorSummary> snapshotConfiguration() { return new Snapshot(layout()); }

    /** Saved with the state. */
    public static final class Snapshot extends LayoutSnapshot<PosteriorSummary> {
        /** For Flink, which then reads the layout. */
        public Snapshot() { this(NEWEST); }

        private Snapshot(int layout) { super(NEWEST, layout); }

        @Override
        protected TypeSerializer<PosteriorSummary> serializerOf(int layout) { return new PosteriorSummarySerializer(layout); }
    }
}
