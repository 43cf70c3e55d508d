package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Facts;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.GaussianObservation;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.PresentChannels;
import io.driftwood.inference.filter.dynamics.SemidefiniteFactor;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.WeightedMoments;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.Arrays;
import java.util.Set;

/**
 * Ensemble Kalman filter with perturbed measurements, a baseline: members move by the model and are shifted by a gain from the ensemble's
 * covariance P,
 * <pre>   x_i += K (y + e_i - H x_i),   e_i ~ N(0, R),   K = P Hᵀ (H P Hᵀ + R)^-1   </pre>
 * Members weigh the same. Biased: right in the limit of many members for linear-Gaussian models only; the evidence is that of a Gaussian
 * fitted to the ensemble.
 *
 * <p>Reference: [1] Burgers, van Leeuwen and Evensen (1998), Monthly Weather Review 126. Differs from [1]: no localisation, no inflation.
 */
final class EnsembleKalmanFilter implements Filter {

    private static final String BIAS = "an ensemble Kalman filter takes the state for Gaussian";

    private final GaussianObservation model;
    private final FilterSetup setup;
    private final int d;
    private final int channels;
    private final KalmanStep kalman = new KalmanStep();

    EnsembleKalmanFilter(GaussianObservation model, FilterSetup setup) {
        this.model = model;
        this.setup = setup;
        this.d = model.dimension();
        this.channels = model.channels().size();
    }

    @Override
    public StateSpaceModel model() { return model; }

    @Override
    public Set<String> samplerOptions() { return SamplerOptions.DRAWING; }

    @Override
    public void prepare(PosteriorState state) {
        state.particles = new Particles(setup.particles(), d);
        state.weights = new LogWeights(setup.particles());
        state.statistics = new double[setup.reserved()];
    }

    @Override
    public String advance(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        if (first) {
            model.drawInitial(state.particles, moment, state.randomness(), state.step, 0, scratch);
        } else {
            model.propagate(state.particles, moment, state.randomness(), state.step, 0, scratch);
        }
        info.ess = setup.particles();
        return info.missing || shift(state, y, moment, info, scratch) ? null : "this measurement has density zero about the ensemble";
    }

    private boolean shift(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = state.particles;
        double[] mean = scratch.take(d);
        double[] covariance = scratch.take(d * d);
        double[] h = scratch.take(channels * d);
        double[] r = scratch.take(channels * channels);
        double[] present = scratch.take(channels);
        moments(x, state.weights, mean, covariance, scratch);
        model.observation(moment, h, r);
        int count = PresentChannels.select(y, channels, d, h, r, present);
        double increment = kalman.update(d, mean, covariance, present, count, h, r);
        boolean explained = Math.abs(increment) < Double.POSITIVE_INFINITY;
        if (explained) {
            double[] innovation = scratch.take(count * x.stride);
            perturbedInnovations(state, present, count, h, r, innovation, scratch);
            for (int j = 0; j < d; j++) {
                for (int c = 0; c < count; c++) {
                    LaneMath.get().axpy(kalman.gain(j * count + c), innovation, c * x.stride, x.values, j * x.stride, x.stride);
                }
            }
            x.pad();
            state.logEvidence += increment;
            info.logEvidenceIncrement = increment;
        }
        scratch.release(mark);
        return explained;
    }

    private void moments(Particles x, LogWeights equal, double[] mean, double[] covariance, Scratch scratch) {
        WeightedMoments.mean(x.values, d, x.stride, equal.normalised, x.size, mean);
        WeightedMoments.covariance(x.values, d, x.stride, equal.normalised, x.size, mean, covariance, scratch);
        for (int k = 0; k < d * d; k++) {
            covariance[k] *= x.size / (x.size - 1.0);
        }
    }

    /** y + e_i - H x_i, channel by channel. */
    private void perturbedInnovations(PosteriorState state, double[] y, int count, double[] h, double[] r, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        Particles x = state.particles;
        double[] lower = scratch.take(count * count);
        double[] noise = scratch.take(count * x.stride);
        SemidefiniteFactor.lower(r, count, lower);
        state.randomness().normals(state.step, Purpose.MOMENTUM, 0, noise, 0, count * x.stride);
        math.lowerTimesColumns(lower, count, noise, out, x.stride, x.stride);
        Arrays.fill(noise, 0, x.stride, 1.0);
        for (int c = 0; c < count; c++) {
            math.axpy(y[c], noise, 0, out, c * x.stride, x.stride);
            for (int j = 0; j < d; j++) {
                math.axpy(-h[c * d + j], x.values, j * x.stride, out, c * x.stride, x.stride);
            }
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
    public String bias() { return BIAS; }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        return setup.summariser().of(state.particles, state.weights, Facts.of(state, y, info, Double.NaN, "biased", BIAS), scratch);
    }
}
