package io.driftwood.flink.state;

import io.driftwood.flink.state.SavedPosterior.SavedTuning;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.transition.Tuning;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Layout 1, of release 0.1:
 * <pre>
 *   int     bytes of the structured part
 *   bytes   the structured part, {@link SavedPosterior} through Kryo: scalars, lengths, payload
 *   doubles little-endian, in bulk:
 *           particle columns      dimension * stride
 *           log-weights           stride
 *           normalised weights    stride
 *           tuning matrix         lower
 *           history rows          historyCount * historyWidth
 *           row weights           historyCount
 *           statistics            statistics
 * </pre>
 * Padding lanes and normalised weights are written although they could be computed: what is restored is then the same to the bit
 * whatever computed it, and reading 8 KB is cheaper than 1000 exponentials. Spare capacity of the history is not written.
 */
final class LayoutOne implements StateLayout {

    static final int NUMBER = 1;

    private final StructuredPart structured;
    private final DoubleBlock numbers = new DoubleBlock();
    private final SavedPosterior header = new SavedPosterior();
    private final SavedTuning tuningHeader = new SavedTuning();

    LayoutOne(StructuredPart structured) { this.structured = structured; }

    @Override
    public void write(PosteriorState state, DataOutputView out) throws IOException {
        fillHeader(state);
        structured.write(header, out);
        header.payload = null;
        writeNumbers(state, out);
    }

    private void fillHeader(PosteriorState state) {
        header.phase = state.phase.ordinal();
        header.keyBits = state.keyBits;
        header.step = state.step;
        header.assimilated = state.assimilated;
        header.rejected = state.rejected;
        header.clock = state.clock;
        header.logEvidence = state.logEvidence;
        header.logEvidenceVariance = state.logEvidenceVariance;
        header.particles = state.particles == null ? SavedPosterior.ABSENT : state.particles.size;
        header.dimension = state.particles == null ? 0 : state.particles.dimension;
        header.weights = state.weights == null ? SavedPosterior.ABSENT : state.weights.size;
        header.tuning = state.tuning == null ? null : tuningHeader;
        if (state.tuning != null) {
            fillTuningHeader(state.tuning);
        }
        header.historyWidth = state.history.width;
        header.historyCount = state.history.count;
        header.statistics = state.statistics.length;
        header.payload = state.payload;
    }

    private void fillTuningHeader(Tuning tuning) {
        tuningHeader.stepSize = tuning.stepSize;
        tuningHeader.lower = tuning.lower.length;
        tuningHeader.adaptations = tuning.adaptations;
    }

    private void writeNumbers(PosteriorState state, DataOutputView out) throws IOException {
        if (state.particles != null) {
            numbers.write(state.particles.values, state.particles.length(), out);
        }
        if (state.weights != null) {
            numbers.write(state.weights.log, state.weights.log.length, out);
            numbers.write(state.weights.normalised, state.weights.normalised.length, out);
        }
        if (state.tuning != null) {
            numbers.write(state.tuning.lower, state.tuning.lower.length, out);
        }
        numbers.write(state.history.values, state.history.count * state.history.width, out);
        numbers.write(state.history.weights, state.history.count, out);
        numbers.write(state.statistics, state.statistics.length, out);
    }

    @Override
    public PosteriorState read(DataInputView in) throws IOException {
        SavedPosterior saved = structured.read(in);
        PosteriorState state = readScalars(saved);
        state.particles = readParticles(saved, in);
        state.weights = readWeights(saved, in);
        state.tuning = readTuning(saved.tuning, in);
        state.history = readHistory(saved, in);
        state.statistics = new double[StateLayout.requireLength(saved.statistics, "statistics")];
        numbers.read(state.statistics, saved.statistics, in);
        return state;
    }

    private static PosteriorState readScalars(SavedPosterior saved) throws IOException {
        PosteriorState state = new PosteriorState();
        PosteriorState.Phase[] phases = PosteriorState.Phase.values();
        if (saved.phase < 0 || saved.phase >= phases.length) {
            throw new IOException("corrupt posterior state: phase = " + saved.phase);
        }
        state.phase = phases[saved.phase];
        state.keyBits = saved.keyBits;
        state.step = saved.step;
        state.assimilated = saved.assimilated;
        state.rejected = saved.rejected;
        state.clock = saved.clock;
        state.logEvidence = saved.logEvidence;
        state.logEvidenceVariance = saved.logEvidenceVariance;
        state.payload = saved.payload;
        return state;
    }

    private Particles readParticles(SavedPosterior saved, DataInputView in) throws IOException {
        if (saved.particles == SavedPosterior.ABSENT) {
            return null;
        }
        int size = StateLayout.requireLength(saved.particles, "particles");
        int dimension = StateLayout.requireLength(saved.dimension, "dimension");
        StateLayout.requireArray((long) dimension * Particles.strideOf(size), "population");
        Particles particles = new Particles(size, dimension);
        numbers.read(particles.values, particles.length(), in);
        return particles;
    }

    private LogWeights readWeights(SavedPosterior saved, DataInputView in) throws IOException {
        if (saved.weights == SavedPosterior.ABSENT) {
            return null;
        }
        LogWeights weights = new LogWeights(StateLayout.requireLength(saved.weights, "weights"));
        numbers.read(weights.log, weights.log.length, in);
        numbers.read(weights.normalised, weights.normalised.length, in);
        return weights;
    }

    private Tuning readTuning(SavedTuning saved, DataInputView in) throws IOException {
        if (saved == null) {
            return null;
        }
        Tuning tuning = new Tuning();
        tuning.stepSize = saved.stepSize;
        tuning.adaptations = saved.adaptations;
        tuning.lower = new double[StateLayout.requireLength(saved.lower, "tuning matrix")];
        numbers.read(tuning.lower, saved.lower, in);
        return tuning;
    }

    private Rows readHistory(SavedPosterior saved, DataInputView in) throws IOException {
        int width = StateLayout.requireLength(saved.historyWidth, "history width");
        int count = StateLayout.requireLength(saved.historyCount, "history rows");
        StateLayout.requireArray((long) width * (count + 16L), "history");
        Rows history = RowsCapacity.rows(width, count);
        numbers.read(history.values, history.count * history.width, in);
        numbers.read(history.weights, history.count, in);
        return history;
    }
}
