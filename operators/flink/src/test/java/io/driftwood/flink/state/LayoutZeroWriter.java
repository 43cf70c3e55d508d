package io.driftwood.flink.state;

import io.driftwood.inference.assimilate.PosteriorState;
import java.io.DataOutput;
import java.io.IOException;

/** Writes what the prototype wrote; see {@link LayoutZero}. */
final class LayoutZeroWriter {

    private LayoutZeroWriter() {}

    static void write(PosteriorState state, DataOutput out) throws IOException {
        out.writeInt(state.phase.ordinal());
        out.writeLong(state.keyBits);
        out.writeLong(state.step);
        out.writeLong(state.assimilated);
        out.writeLong(state.clock);
        out.writeDouble(state.logEvidence);
        out.writeInt(state.particles == null ? -1 : state.particles.size);
        out.writeInt(state.particles == null ? 0 : state.particles.dimension);
        if (state.particles != null) {
            for (int j = 0; j < state.particles.dimension; j++) {
                write(state.particles.values, j * state.particles.stride, state.particles.size, out);
            }
            write(state.weights.log, 0, state.weights.size, out);
            out.writeDouble(state.tuning.stepSize);
        }
        out.writeInt(state.history.width);
        out.writeInt(state.history.count);
        write(state.history.values, 0, state.history.count * state.history.width, out);
        write(state.history.weights, 0, state.history.count, out);
        out.writeInt(state.statistics.length);
        write(state.statistics, 0, state.statistics.length, out);
    }

    private static void write(double[] values, int offset, int count, DataOutput out) throws IOException {
        for (int i = offset; i < offset + count; i++) {
            // Raw: writeDouble would make one NaN of all.
            out.writeLong(Double.doubleToRawLongBits(values[i]));
        }
    }
}
