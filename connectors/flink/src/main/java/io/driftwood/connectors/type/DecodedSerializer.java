package io.driftwood.connectors.type;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.Decoded;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A flag, then the observation or the dead letter. Observations are written by the serializer of the job's own choice. */
public final class DecodedSerializer extends TypeSerializer<Decoded> {

    private final TypeSerializer<Observation> observations;

    public DecodedSerializer(TypeSerializer<Observation> observations) {
        this.observations = observations;
    }

    @Override
    public void serialize(Decoded decoded, DataOutputView target) throws IOException {
        if (decoded instanceof Decoded.Read read) {
            target.writeBoolean(true);
            observations.serialize(read.observation(), target);
        } else {
            target.writeBoolean(false);
            DeadLetterSerializer.INSTANCE.serialize(((Decoded.Unreadable) decoded).letter(), target);
        }
    }

    @Override
    public Decoded deserialize(DataInputView source) throws IOException {
        return source.readBoolean()
                ? new Decoded.Read(observations.deserialize(source))
                : new Decoded.Unreadable(DeadLetterSerializer.INSTANCE.deserialize(source));
    }

    @Override
    public Decoded deserialize(Decoded reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    /** The source is the only owner of an observation until it hands it on. */
    @Override
    public Decoded copy(Decoded from) {
        return from;
    }

    @Override
    public Decoded copy(Decoded from, Decoded reuse) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<Decoded> duplicate() {
        return new DecodedSerializer(observations.duplicate());
    }

    @Override
    public Decoded createInstance() {
        return new Decoded.Unreadable(DeadLetterSerializer.INSTANCE.createInstance());
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DecodedSerializer that && observations.equals(that.observations);
    }

    @Override
    public int hashCode() {
        return observations.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<Decoded> snapshotConfiguration() {
        return new Snapshot(this);
    }

    public static final class Snapshot extends CompositeTypeSerializerSnapshot<Decoded, DecodedSerializer> {

        private static final int VERSION = 1;

        /** For Flink, which then reads the rest. */
        public Snapshot() {}

        Snapshot(DecodedSerializer serializer) {
            super(serializer);
        }

        @Override
        protected int getCurrentOuterSnapshotVersion() {
            return VERSION;
        }

        @Override
        protected TypeSerializer<?>[] getNestedSerializers(DecodedSerializer serializer) {
            return new TypeSerializer<?>[] {serializer.observations};
        }

        @Override
        @SuppressWarnings("unchecked")
        protected DecodedSerializer createOuterSerializerWithNestedSerializers(TypeSerializer<?>[] nested) {
            return new DecodedSerializer((TypeSerializer<Observation>) nested[0]);
        }
    }
}
