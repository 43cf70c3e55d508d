package io.driftwood.flink.type;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** A type that is opaque to Flink and has a serializer of our own. Never used as a key. */
public final class OwnTypeInformation<T> extends TypeInformation<T> {

    private static final long serialVersionUID = 1;

    private final Class<T> type;
    private final TypeSerializer<T> serializer;

    public OwnTypeInformation(Class<T> type, TypeSerializer<T> serializer) {
        this.type = type;
        this.serializer = serializer;
    }

    @Override
    public boolean isBasicType() { return false; }

    @Override
    public boolean isTupleType() { return false; }

    @Override
    public int getArity() { return 1; }

    @Override
    public int getTotalFields() { return 1; }

    @Override
    public Class<T> getTypeClass() { return type; }

    @Override
    public boolean isKeyType() { return false; }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) { return serializer.duplicate(); }

    @Override
    public boolean canEqual(Object other) { return other instanceof OwnTypeInformation; }

    @Override
    public boolean equals(Object other) {
        return other instanceof OwnTypeInformation<?> that && that.type == type && that.serializer.equals(serializer);
    }

    @Override
    public int hashCode() { return 31 * type.hashCode() + serializer.hashCode(); }

    @Override
    public String toString() { return type.getSimpleName(); }
}
