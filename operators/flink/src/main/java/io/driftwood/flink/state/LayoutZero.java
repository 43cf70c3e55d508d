package io.driftwood.flink.state;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.transition.Tuning;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Layout 0, of the prototype before release 0.1; only read. All fields in fixed order, big-endian, number by number:
 * <pre>
 *   int phase; long keyBits, step, assimilated, clock; double logEvidence
 *   int particles (-1: none), dimension; then the columns without padding lanes, the log-weights, double stepSize
 *   int historyWidth, historyCount; then the rows and their weights
 *   int statistics; then they
 * </pre>
 * What it lacks is filled in: no rejected records, no evidence variance, a tuning that starts from the identity as mass matrix,
 * weights normalised from their logs.
 */
final class LayoutZero implements StateLayout {

    static final int NUMBER = 0;

    @Override
    public void write(PosteriorState state, DataOutputView out) {
        throw new UnsupportedOperationException("layout 0 of the posterior state is only read");
    }

    @Override
    public PosteriorState read(DataInputView in) throws IOException {
        PosteriorState state = new PosteriorState();
        state.phase = PosteriorState.Phase.values()[in.readInt()];
        state.keyBits = in.readLong();
        state.step = in.readLong();
        state.assimilated = in.readLong();
        state.clock = in.readLong();
        state.logEvidence = in.readDouble();
        readPopulation(state, in);
        readHistory(state, in);
        state.statistics = new double[StateLayout.requireLength(in.readInt(), "statistics")];
        readNumbers(state.statistics, 0, state.statistics.length, in);
        return state;
    }

    private static void readPopulation(PosteriorState state, DataInputView in) throws IOException {
        int size = in.readInt();
        int dimension = in.readInt();
        if (size < 0) {
            return;
        }
        state.particles = new Particles(size, dimension);
        for (int j = 0; j < dimension; j++) {
            readNumbers(state.particles.values, j * state.particles.stride, size, in);
        }
        state.particles.pad();
        state.weights = new LogWeights(size);
        readNumbers(state.weights.log, 0, size, in);
        state.weights.normalise();
        state.tuning = new Tuning();
        state.tuning.stepSize = in.readDouble();
        state.tuning.lower = new double[dimension * dimension];
        for (int j = 0; j < dimension; j++) {
            state.tuning.lower[j * dimension + j] = 1;
        }
    }

    private static void readHistory(PosteriorState state, DataInputView in) throws IOException {
        state.history = RowsCapacity.rows(in.readInt(), in.readInt());
        readNumbers(state.history.values, 0, state.history.count * state.history.width, in);
        readNumbers(state.history.weights, 0, state.history.count, in);
    }

    private static void readNumbers(double[] to, int offset, int count, DataInputView in) throws IOException {
        for (int i = offset; i < offset + count; i++) {
            to[i] = in.readDouble();
        }
    }
}
