package io.driftwood.connectors.type;

import io.driftwood.wire.Decoded;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A flag, then what was read or the dead letter. What was read is written by the serializer of the job's own choice. */
public final class DecodedSerializer extends TypeSerializer<Decoded> {

    private final TypeSerializer<Object> contents;

    /** @param contents of observations, questions, or versions of something learned */
    @SuppressWarnings("unchecked")
    public DecodedSerializer(TypeSerializer<?> contents) {
        this.contents = (TypeSerializer<Object>) contents;
    }

    @Override
    public void serialize(Decoded decoded, DataOutputView target) throws IOException {
        if (decoded instanceof Decoded.Unreadable unreadable) {
            target.writeBoolean(false);
            DeadLetterSerializer.INSTANCE.serialize(unreadable.letter(), target);
        } else {
            target.writeBoolean(true);
            contents.serialize(Decoded.contentOf(decoded), target);
        }
    }

    @Override
    public Decoded deserialize(DataInputView source) throws IOException {
        return source.readBoolean()
                ? Decoded.of(contents.deserialize(source))
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

    /** The source is the only owner of what it has read until it hands it on. */
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
        return new DecodedSerializer(contents.duplicate());
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
        return other instanceof DecodedSerializer that && contents.equals(that.contents);
    }

    @Override
    public int hashCode() {
        return contents.hashCode();
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
            return new TypeSerializer<?>[] {serializer.contents};
        }

        @Override
        protected DecodedSerializer createOuterSerializerWithNestedSerializers(TypeSerializer<?>[] nested) {
            return new DecodedSerializer(nested[0]);
        }
    }
}
