package io.driftwood.flink.state;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.TaggedFieldSerializer;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Kryo, strict: only registered classes under fixed ids, fields by tag, no references. Written as one block preceded by its
 * length, because Kryo reads field by field, which is slow on anything but an array. Owns buffers; one owner.
 */
final class StructuredPart {

    /* Kryo ids, for ever. 0 to 8 are Kryo's own (primitives and String); users' types start at 1000. */
    private static final int POSTERIOR = 20;
    private static final int TUNING = 21;
    private static final int DOUBLES = 22;
    private static final int LONGS = 23;
    private static final int INTS = 24;

    /** What a length may grow the read buffer by before bytes must have arrived, so that a corrupt length cannot exhaust the heap. */
    private static final int TRUSTED_LENGTH = 1 << 20;

    private final Kryo kryo = new Kryo();
    private final Output output = new Output(256, -1);
    private final Input input = new Input();
    private byte[] block = new byte[256];

    StructuredPart(PayloadTypes payloads) {
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        kryo.setClassLoader(StructuredPart.class.getClassLoader());
        kryo.register(SavedPosterior.class, new TaggedFieldSerializer<SavedPosterior>(kryo, SavedPosterior.class), POSTERIOR)
                .setInstantiator(SavedPosterior::new);
        kryo.register(SavedPosterior.SavedTuning.class,
                new TaggedFieldSerializer<SavedPosterior.SavedTuning>(kryo, SavedPosterior.SavedTuning.class), TUNING)
                .setInstantiator(SavedPosterior.SavedTuning::new);
        kryo.register(double[].class, DOUBLES);
        kryo.register(long[].class, LONGS);
        kryo.register(int[].class, INTS);
        payloads.registerWith(kryo);
    }

    void write(SavedPosterior saved, DataOutputView out) throws IOException {
        output.reset();
        try {
            kryo.writeObject(output, saved);
        } catch (IllegalArgumentException | KryoException e) {
            throw new IOException("the posterior's payload cannot be saved; register its types with PayloadTypes: " + e.getMessage(), e);
        }
        out.writeInt(output.position());
        out.write(output.getBuffer(), 0, output.position());
    }

    SavedPosterior read(DataInputView in) throws IOException {
        int length = StateLayout.requireLength(in.readInt(), "structured part");
        for (int have = 0; have < length; ) {
            int some = Math.min(TRUSTED_LENGTH, length - have);
            if (block.length < have + some) {
                block = Arrays.copyOf(block, Math.max(have + some, Math.min(length, 2 * block.length)));
            }
            in.readFully(block, have, some);
            have += some;
        }
        input.setBuffer(block, 0, length);
        try {
            SavedPosterior saved = kryo.readObject(input, SavedPosterior.class);
            if (input.position() != length) {
                throw new IOException("corrupt posterior state: " + (length - input.position()) + " bytes after its structured part");
            }
            return saved;
        } catch (KryoException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IOException("corrupt posterior state: " + e.getMessage(), e);
        }
    }

    /** A deep copy of a payload. */
    Object copy(Object payload) { return payload == null ? null : kryo.copy(payload); }
}
