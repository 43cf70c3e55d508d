package io.driftwood.flink;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.transition.Tuning;
import java.util.List;

/**
 * A small recursion for tests of the operator: the particles walk by random steps and are weighted towards the observation.
 * Every field of the state takes part in the next step, so that a field lost on the way shows in the next summary.
 */
final class DriftingPosterior implements SequentialPosterior {

    static final int PARTICLES = 13;
    static final int DIMENSION = 2;
    private static final int WINDOW = 5;

    private final StepInfo info = new StepInfo();

    @Override
    public List<String> fields() { return List.of("y"); }

    @Override
    public PosteriorState start(String key) {
        PosteriorState state = new PosteriorState();
        state.keyBits = Randomness.of(7, key).keyBits();
        state.particles = new Particles(PARTICLES, DIMENSION);
        state.weights = new LogWeights(PARTICLES);
        state.tuning = new Tuning();
        state.tuning.stepSize = 0.5;
        state.tuning.lower = new double[] {1, 0, 0.25, 1};
        state.history = new Rows(1);
        state.statistics = new double[] {0, 0};
        return state;
    }

    @Override
    public StepInfo step(PosteriorState state, Observation y, Scratch scratch) {
        info.clear();
        state.step++;
        double value = y.values()[0];
        if (Double.isInfinite(value)) {
            state.rejected++;
            info.rejection = "y is " + value;
            return info;
        }
        state.assimilated++;
        state.clock = Math.max(state.clock, y.eventTime());
        info.missing = Double.isNaN(value);
        walk(state, scratch);
        if (!info.missing) {
            weigh(state, value, scratch);
        }
        info.ess = state.weights.effectiveSampleSize();
        return info;
    }

    private void walk(PosteriorState state, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = state.particles;
        double[] noise = scratch.take(x.stride);
        for (int j = 0; j < DIMENSION; j++) {
            state.randomness().normals(state.step, Purpose.NOISE, j, noise, 0, x.size);
            for (int i = 0; i < x.size; i++) {
                double drift = state.tuning.lower[2] * (state.statistics[0] - x.get(j, i));
                x.set(j, i, x.get(j, i) + drift + state.tuning.stepSize * noise[i]);
            }
        }
        x.pad();
        scratch.release(mark);
        state.tuning.stepSize *= 1 + 1.0 / (10 + ++state.tuning.adaptations);
        info.moves.moves = 1;
        info.moves.acceptanceSum = 0.5;
    }

    private void weigh(PosteriorState state, double value, Scratch scratch) {
        int mark = scratch.mark();
        state.history.append(new double[] {value}, 1);
        if (state.history.count > WINDOW) {
            state.history.dropFirst(1);
        }
        double centre = 0;
        for (int r = 0; r < state.history.count; r++) {
            centre += state.history.weights[r] * state.history.values[r] / state.history.count;
        }
        double[] increment = scratch.take(state.particles.stride);
        for (int i = 0; i < PARTICLES; i++) {
            double error = centre - state.particles.get(0, i);
            increment[i] = -0.5 * error * error;
        }
        info.logEvidenceIncrement = state.weights.reweight(increment, 1, scratch.take(state.particles.stride));
        state.logEvidence += info.logEvidenceIncrement;
        state.logEvidenceVariance += 1e-3;
        state.statistics[0] += (value - state.statistics[0]) / state.assimilated;
        state.statistics[1] = Math.max(state.statistics[1], Math.abs(value));
        if (state.weights.effectiveSampleSize() < PARTICLES / 2.0) {
            state.weights.setUniform();
            info.resampled = true;
        }
        scratch.release(mark);
    }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        Quantity[] quantities = new Quantity[DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
            double mean = 0;
            for (int i = 0; i < PARTICLES; i++) {
                mean += state.weights.normalised[i] * state.particles.get(j, i);
            }
            quantities[j] = new Quantity("x" + j, mean, state.tuning.stepSize, new double[] {state.statistics[0], state.statistics[1]});
        }
        return new PosteriorSummary("test", y.key(), state.assimilated, y.eventTime(), new double[] {0.1, 0.9}, quantities, new Quantity[0],
                state.logEvidence, Math.sqrt(state.logEvidenceVariance), info.logEvidenceIncrement, "consistent", info.ess, PARTICLES,
                info.moves.acceptance(), info.moves.moves, info.temperingSteps, info.resampled, info.moves.rejectedNonFinite, info.missing,
                "running", "", null);
    }
}
