package io.driftwood.flink.state;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.SerializerFactory.ReflectionSerializerFactory;
import com.esotericsoftware.kryo.serializers.TaggedFieldSerializer;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The types that a user's own posterior keeps in {@code PosteriorState.payload}, each under a fixed id that is saved with the
 * state. An id is never given to another type, and a type that was saved stays registered. Immutable.
 */
public final class PayloadTypes implements java.io.Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** User ids are counted from here in Kryo; below are Kryo's own and ours. */
    private static final int FIRST = 1000;

    private static final PayloadTypes NONE = new PayloadTypes(new ArrayList<>());

    private final ArrayList<PayloadType> types;

    private PayloadTypes(ArrayList<PayloadType> types) { this.types = types; }

    private record PayloadType(int id, Class<?> type, Class<? extends Serializer<?>> serializer) implements java.io.Serializable {}

    public static PayloadTypes none() { return NONE; }

    /** Registers a type whose fields carry {@link TaggedFieldSerializer.Tag}s, so that fields can be added later. */
    @SuppressWarnings("unchecked")
    public PayloadTypes with(int id, Class<?> type) {
        return with(id, type, (Class<? extends Serializer<?>>) (Class<?>) TaggedFieldSerializer.class);
    }

    /**
     * Registers a type with a Kryo serializer of its own.
     *
     * @throws IllegalArgumentException when the id is negative, or the id or the type is taken
     */
    public PayloadTypes with(int id, Class<?> type, Class<? extends Serializer<?>> serializer) {
        if (id < 0) {
            throw new IllegalArgumentException("the id of payload type " + type.getName() + " is " + id + "; ids start at 0");
        }
        for (PayloadType known : types) {
            if (known.id == id || known.type == type) {
                throw new IllegalArgumentException("payload type " + type.getName() + " under id " + id
                        + " collides with " + known.type.getName() + " under id " + known.id);
            }
        }
        ArrayList<PayloadType> more = new ArrayList<>(types);
        more.add(new PayloadType(id, type, serializer));
        return new PayloadTypes(more);
    }

    /** Whether everything that was saved under {@code saved} can be read with these. */
    boolean cover(PayloadTypes saved) { return types.containsAll(saved.types); }

    void registerWith(Kryo kryo) {
        for (PayloadType known : types) {
            kryo.register(known.type, ReflectionSerializerFactory.newSerializer(kryo, known.serializer, known.type), FIRST + known.id);
        }
    }

    void write(DataOutputView out) throws IOException {
        out.writeInt(types.size());
        for (PayloadType known : types) {
            out.writeInt(known.id);
            out.writeUTF(known.type.getName());
            out.writeUTF(known.serializer.getName());
        }
    }

    @SuppressWarnings("unchecked")
    static PayloadTypes read(DataInputView in, ClassLoader userClasses) throws IOException {
        PayloadTypes read = none();
        for (int remaining = in.readInt(); remaining > 0; remaining--) {
            int id = in.readInt();
            Class<?> type = load(in.readUTF(), id, userClasses);
            read = read.with(id, type, (Class<? extends Serializer<?>>) load(in.readUTF(), id, userClasses));
        }
        return read;
    }

    private static Class<?> load(String name, int id, ClassLoader userClasses) throws IOException {
        try {
            return Class.forName(name, false, userClasses);
        } catch (ClassNotFoundException e) {
            throw new IOException("This state holds payload type " + id + " that needs the class " + name + ", which is not on the class path.", e);
        }
    }

    @Override
    public boolean equals(Object other) { return other instanceof PayloadTypes that && that.types.equals(types); }

    @Override
    public int hashCode() { return types.hashCode(); }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (PayloadType known : types) {
            text.append(text.isEmpty() ? "" : ", ").append(known.id).append(" = ").append(known.type.getName());
        }
        return "[" + text + "]";
    }
}
