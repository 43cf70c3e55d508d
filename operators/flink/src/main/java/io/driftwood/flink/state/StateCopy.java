package io.driftwood.flink.state;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.transition.Tuning;
import java.util.Arrays;

/** Deep copies: nothing that a step may write is shared between the copy and its original. */
final class StateCopy {

    private StateCopy() {}

    /** Copies everything but the payload, which only its own serializer can copy. */
    static PosteriorState withoutPayload(PosteriorState from) {
        PosteriorState copy = new PosteriorState();
        copy.phase = from.phase;
        copy.keyBits = from.keyBits;
        copy.step = from.step;
        copy.assimilated = from.assimilated;
        copy.rejected = from.rejected;
        copy.clock = from.clock;
        copy.logEvidence = from.logEvidence;
        copy.logEvidenceVariance = from.logEvidenceVariance;
        copy.particles = from.particles == null ? null : of(from.particles);
        copy.weights = from.weights == null ? null : of(from.weights);
        copy.tuning = from.tuning == null ? null : of(from.tuning);
        copy.history = of(from.history);
        copy.statistics = from.statistics.clone();
        return copy;
    }

    private static Particles of(Particles from) {
        return new Particles(from.size, from.dimension, Arrays.copyOf(from.values, from.length()));
    }

    private static LogWeights of(LogWeights from) {
        LogWeights copy = new LogWeights(from.size);
        System.arraycopy(from.log, 0, copy.log, 0, copy.log.length);
        System.arraycopy(from.normalised, 0, copy.normalised, 0, copy.normalised.length);
        return copy;
    }

    private static Tuning of(Tuning from) {
        Tuning copy = new Tuning();
        copy.stepSize = from.stepSize;
        copy.lower = from.lower.clone();
        copy.adaptations = from.adaptations;
        return copy;
    }

    private static Rows of(Rows from) {
        Rows copy = RowsCapacity.rows(from.width, from.count);
        System.arraycopy(from.values, 0, copy.values, 0, from.count * from.width);
        System.arraycopy(from.weights, 0, copy.weights, 0, from.count);
        return copy;
    }
}
