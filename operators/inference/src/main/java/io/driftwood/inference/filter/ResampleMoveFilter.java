package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Facts;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.assimilate.Tempering;
import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.Set;

/**
 * A bootstrap filter that lets an informative measurement in by degrees, and moves what it resamples. At each record, with u = log g(y_t | x_t):
 * <pre>
 *   beta = 0; until beta = 1:
 *     delta   the rest, or the step whose conditional effective sample size is alpha N
 *     w *= e^(delta u);   log p += log sum W e^(delta u);   beta += delta
 *     if beta &lt; 1 or ESS &lt; tau N:  resample, and move the noises of the last L transitions ({@link NoiseWindow}), so that
 *     the law of x_{t-L+1..t} given x_{t-L} and the measurements, the newest one to the power beta, stays as it is
 * </pre>
 * Moments and evidence are consistent: adaptive steps cost a bias O(1/N). A move costs L transitions and measurements a particle.
 *
 * <p>Reference: [1] Gilks and Berzuini (2001), JRSS B 63, 127-146; [2] Del Moral, Doucet and Jasra (2006), JRSS B 68, 411-436.
 * <br>Differs from [1]: moves are of noises, not of states, and need no transition density.
 */
final class ResampleMoveFilter implements Filter {

    /** More sub-steps than this, or a smaller one, is a measurement that cannot be explained. */
    private static final int MAX_SUBSTEPS = 200;
    private static final double LEAST_STEP = 1e-8;

    private final GaussianDynamics model;
    private final FilterSetup setup;
    private final NoiseWindow window;
    private final Tempering tempering;
    private final int moves;

    ResampleMoveFilter(GaussianDynamics model, FilterSetup setup, int lag, int moves) {
        this.model = model;
        this.setup = setup;
        this.window = new NoiseWindow(model, lag);
        this.tempering = new Tempering(setup.conditionalEss());
        this.moves = moves;
    }

    @Override
    public StateSpaceModel model() { return model; }

    @Override
    public Set<String> samplerOptions() { return SamplerOptions.TEMPERING; }

    @Override
    public void prepare(PosteriorState state) {
        state.particles = new Particles(setup.particles(), window.columns());
        state.weights = new LogWeights(setup.particles());
        state.statistics = new double[setup.reserved()];
        state.history = new Rows(window.rowWidth());
    }

    @Override
    public String advance(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        if (first) {
            state.weights.setUniform();
            window.begin(state, y, moment, scratch);
        } else {
            window.advance(state, y, moment, scratch);
        }
        boolean explained = info.missing || letIn(state, info, scratch);
        if (!explained) {
            window.forgetNewestMeasurement(state);
        }
        info.ess = state.weights.effectiveSampleSize();
        return explained ? null : "no particle can be brought to explain this measurement";
    }

    /** Numbers of a row of the history. */
    int rowWidth() { return window.rowWidth(); }

    private boolean letIn(PosteriorState state, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        int n = state.particles.stride;
        double[] u = scratch.take(n);
        double[] spare = scratch.take(n);
        double beta = 0;
        boolean reached = true;
        for (int stage = 0; beta < 1 && reached; stage++) {
            window.newestLogDensity(state, u, scratch);
            double delta = tempering.step(state.weights, u, 1 - beta, scratch);
            reached = stage < MAX_SUBSTEPS && delta >= LEAST_STEP * (1 - beta);
            if (reached) {
                double increment = state.weights.reweight(u, delta, spare);
                beta = delta == 1 - beta ? 1 : beta + delta;
                state.logEvidence += increment;
                info.logEvidenceIncrement += increment;
                info.temperingSteps += stage > 0 || beta < 1 ? 1 : 0;
                if (beta < 1 || state.weights.effectiveSampleSize() < setup.essThreshold() * state.weights.size) {
                    rejuvenate(state, beta, stage, info, scratch);
                }
            }
        }
        if (!reached) {
            state.logEvidence -= info.logEvidenceIncrement;
            info.logEvidenceIncrement = 0;
        }
        scratch.release(mark);
        return reached;
    }

    private void rejuvenate(PosteriorState state, double beta, int stage, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        int n = state.particles.size;
        state.logEvidenceVariance += 1 / state.weights.effectiveSampleSize() - 1.0 / n;
        window.fit(state, scratch);
        int[] ancestors = scratch.takeIndices(n);
        double[] spare = scratch.take(4 * n + 16);
        setup.resampler().resample(state.weights.normalised, n, ancestors, n, state.randomness(), state.step, stage, spare);
        state.particles.gather(ancestors, spare);
        state.weights.setUniform();
        info.resampled = true;
        for (int move = 0; move < moves; move++) {
            info.moves.moves++;
            info.moves.acceptanceSum += window.move(state, beta, stage * moves + move, scratch);
        }
        scratch.release(mark);
    }

    @Override
    public void draw(PosteriorState state, Particles out, Scratch scratch) {
        int mark = scratch.mark();
        int[] chosen = scratch.takeIndices(out.size);
        Chosen.indices(state, out.size, chosen);
        Chosen.copy(state.particles, chosen, out);
        scratch.release(mark);
    }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        double se = Math.sqrt(state.logEvidenceVariance + 1 / state.weights.effectiveSampleSize() - 1.0 / state.weights.size);
        return setup.summariser().of(window.newest(state.particles), state.weights, Facts.of(state, y, info, se, "consistent", ""), scratch);
    }
}
