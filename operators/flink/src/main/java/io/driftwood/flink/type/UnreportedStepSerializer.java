package io.driftwood.flink.type;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.StepInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout 1: the observation, then the info's fields in their order. */
public final class UnreportedStepSerializer extends RecordSerializer<UnreportedStep> {

    private static final int NEWEST = 1;

    private final ObservationSerializer observations = new ObservationSerializer();

    public UnreportedStepSerializer() { super(NEWEST); }

    @Override
    public UnreportedStep createInstance() { return new UnreportedStep(observations.createInstance(), new StepInfo()); }

    @Override
    public void serialize(UnreportedStep step, DataOutputView out) throws IOException {
        observations.serialize(step.observation(), out);
        StepInfo info = step.info();
        out.writeBoolean(info.missing);
        out.writeBoolean(info.buffering);
        out.writeDouble(info.logEvidenceIncrement);
        out.writeDouble(info.ess);
        out.writeBoolean(info.resampled);
        out.writeInt(info.temperingSteps);
        out.writeInt(info.foreseen);
        out.writeInt(info.covered);
        out.writeDouble(info.pitSum);
        out.writeInt(info.ancestors);
        out.writeInt(info.moves.moves);
        out.writeDouble(info.moves.acceptanceSum);
        out.writeLong(info.moves.rejectedNonFinite);
        out.writeLong(info.moves.divergences);
        out.writeLong(info.moves.boundViolations);
        out.writeLong(info.moves.proposals);
        out.writeLong(info.moves.evaluations);
    }

    @Override
    public UnreportedStep deserialize(DataInputView in) throws IOException {
        Observation observation = observations.deserialize(in);
        StepInfo info = new StepInfo();
        info.missing = in.readBoolean();
        info.buffering = in.readBoolean();
        info.logEvidenceIncrement = in.readDouble();
        info.ess = in.readDouble();
        info.resampled = in.readBoolean();
        info.temperingSteps = in.readInt();
        info.foreseen = in.readInt();
        info.covered = in.readInt();
        info.pitSum = in.readDouble();
        info.ancestors = in.readInt();
        info.moves.moves = in.readInt();
        info.moves.acceptanceSum = in.readDouble();
        info.moves.rejectedNonFinite = in.readLong();
        info.moves.divergences = in.readLong();
        info.moves.boundViolations = in.readLong();
        info.moves.proposals = in.readLong();
        info.moves.evaluations = in.readLong();
        return new UnreportedStep(observation, info);
    }

    @Override
    public TypeSerializerSnapshot<UnreportedStep> snapshotConfiguration() { return new Snapshot(); }

    /** Saved with the state. */
    public static final class Snapshot extends LayoutSnapshot<UnreportedStep> {
        public Snapshot() { super(NEWEST, NEWEST); }

        @Override
        protected TypeSerializer<UnreportedStep> serializerOf(int layout) { return new UnreportedStepSerializer(); }
    }
}
