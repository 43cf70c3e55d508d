package io.driftwood.connectors.type;

import io.driftwood.wire.DeadLetter;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.OutputRecord;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** A type that Flink moves with a given serializer and knows nothing else about: it is never a key and has no fields. */
public final class WireTypeInfo<T> extends TypeInformation<T> {

    public static final TypeInformation<DeadLetter> DEAD_LETTER =
            new WireTypeInfo<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);
    public static final TypeInformation<OutputRecord> OUTPUT_RECORD =
            new WireTypeInfo<>(OutputRecord.class, OutputRecordSerializer.INSTANCE);

    private final Class<T> type;
    private final TypeSerializer<T> serializer;

    private WireTypeInfo(Class<T> type, TypeSerializer<T> serializer) {
        this.type = type;
        this.serializer = serializer;
    }

    /** @param contents of what is read: observations, questions, or versions of something learned */
    public static TypeInformation<Decoded> decoded(TypeInformation<?> contents) {
        return new WireTypeInfo<>(Decoded.class, new DecodedSerializer(contents.createSerializer(new SerializerConfigImpl())));
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer.duplicate();
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WireTypeInfo<?> that && type == that.type && serializer.equals(that.serializer);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, serializer);
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof WireTypeInfo;
    }
}
