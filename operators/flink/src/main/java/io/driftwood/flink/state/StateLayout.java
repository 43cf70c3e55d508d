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

    /** Prepares reading a posterior with {@code length} numbers of one kind; a negative length is corruption, said by name. */
    static int requireLength(int length, String name) throws IOException {
        if (length < 0) {
            throw new IOException("corrupt posterior state: " + name + " = " + length);
        }
        return length;
    }
}
