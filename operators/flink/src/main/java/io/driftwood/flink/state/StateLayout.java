package io.driftwood.flink.state;

import io.driftwood.inference.assimilate.PosteriorState;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How a posterior is laid out in bytes. Implementations own buffers: one instance per serializer instance. */
interface StateLayout {

    void write(PosteriorState state, DataOutputView out) throws IOException;

    /** Throws {@link IOException} for bytes that are cut short or contradict themselves. */
    PosteriorState read(DataInputView in) throws IOException;

    /** A length that is not negative; anything else is corruption, said by name. */
    static int requireLength(int length, String name) throws IOException {
        if (length < 0) {
            throw new IOException("corrupt posterior state: " + name + " = " + length);
        }
        return length;
    }

    /** That so many numbers fit into an array. */
    static void requireArray(long length, String name) throws IOException {
        if (length > Integer.MAX_VALUE - 8) {
            throw new IOException("corrupt posterior state: " + name + " of " + length + " numbers");
        }
    }
}
