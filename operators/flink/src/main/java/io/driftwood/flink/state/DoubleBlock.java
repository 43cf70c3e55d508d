package io.driftwood.flink.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Moves numbers in bulk: little-endian, through a buffer that fits the first-level caches. {@code DataOutputView} itself has no
 * way but number by number. NaN payloads and the sign of zero survive. One owner, not safe to share between threads.
 */
final class DoubleBlock {

    /** 2048 numbers, 16 KiB: half a first-level data cache. */
    private static final int CHUNK = 2048;

    private final byte[] bytes = new byte[CHUNK * Double.BYTES];
    private final DoubleBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();

    void write(double[] from, int count, DataOutputView out) throws IOException {
        for (int done = 0; done < count; done += CHUNK) {
            int some = Math.min(CHUNK, count - done);
            view.clear();
            view.put(from, done, some);
            out.write(bytes, 0, some * Double.BYTES);
        }
    }

    void read(double[] to, int count, DataInputView in) throws IOException {
        for (int done = 0; done < count; done += CHUNK) {
            int some = Math.min(CHUNK, count - done);
            in.readFully(bytes, 0, some * Double.BYTES);
            view.clear();
            view.get(to, done, some);
        }
    }
}
