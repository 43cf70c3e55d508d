package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Facts;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.Gaussians;
import io.driftwood.inference.filter.dynamics.LinearGaussian;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.PresentChannels;
import io.driftwood.inference.filter.dynamics.SemidefiniteFactor;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.model.Parameter;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.Summariser;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The exact filter of a linear-Gaussian model. A key's statistics are the mean (d numbers) and the covariance (d x d) of the state; moments,
 * quantiles and evidence are exact. O(d^3) a record; see {@link KalmanStep}.
 *
 * <p>Reference: [1] Kalman (1960), Journal of Basic Engineering 82, 35-45. Differs from [1]: missing channels are struck out, steps may be
 * of any length.
 */
final class KalmanFilter implements Filter {

    private final LinearGaussian model;
    private final Summariser summariser;
    private final int reserved;
    private final int d;
    private final int channels;
    private final KalmanStep kalman = new KalmanStep();
    private final double[] mean;
    private final double[] covariance;
    private final double[] transition;
    private final double[] shift;
    private final double[] transitionCovariance;
    private final double[] observation;
    private final double[] observationCovariance;
    private final double[] present;
    private final double[] standardQuantiles;
    private final Particles draws;
    private final LogWeights weights;

    /** @param reserved numbers at the front of a key's statistics that are not this filter's */
    KalmanFilter(LinearGaussian model, Summariser summariser, int draws, int reserved) {
        this.reserved = reserved;
        this.model = model;
        this.summariser = summariser;
        d = model.dimension();
        channels = model.channels().size();
        mean = new double[d];
        covariance = new double[d * d];
        transition = new double[d * d];
        shift = new double[d];
        transitionCovariance = new double[d * d];
        observation = new double[channels * d];
        observationCovariance = new double[channels * channels];
        present = new double[channels];
        standardQuantiles = Arrays.stream(summariser.levels()).map(new NormalDistribution()::inverseCumulativeProbability).toArray();
        this.draws = new Particles(draws, d);
        weights = new LogWeights(draws);
    }

    @Override
    public StateSpaceModel model() { return model; }

    @Override
    public Set<String> samplerOptions() { return SamplerOptions.DRAWING; }

    @Override
    public void prepare(PosteriorState state) {
        state.phase = PosteriorState.Phase.EXACT;
        state.statistics = new double[reserved + d + d * d];
    }

    @Override
    public String advance(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        load(state.statistics);
        if (first) {
            model.initial(mean, covariance);
        } else {
            predict(moment);
        }
        String refusal = info.missing ? null : update(state, y, moment, info);
        store(state.statistics);
        info.ess = draws.size;
        return refusal;
    }

    private void predict(Moment moment) {
        model.transition(moment, transition, shift);
        model.transitionCovariance(moment, transitionCovariance);
        kalman.predict(d, mean, covariance, transition, shift, transitionCovariance);
    }

    private String update(PosteriorState state, double[] y, Moment moment, StepInfo info) {
        model.observation(moment, observation, observationCovariance);
        int count = PresentChannels.select(y, channels, d, observation, observationCovariance, present);
        double increment = kalman.update(d, mean, covariance, present, count, observation, observationCovariance);
        if (!(Math.abs(increment) < Double.POSITIVE_INFINITY)) {
            return "this measurement has density zero under the model";
        }
        state.logEvidence += increment;
        info.logEvidenceIncrement = increment;
        return null;
    }

    private void load(double[] statistics) {
        System.arraycopy(statistics, reserved, mean, 0, d);
        System.arraycopy(statistics, reserved + d, covariance, 0, d * d);
    }

    private void store(double[] statistics) {
        System.arraycopy(mean, 0, statistics, reserved, d);
        System.arraycopy(covariance, 0, statistics, reserved + d, d * d);
    }

    @Override
    public Foresight foresight(int draws) { return new KalmanForesight(model, reserved); }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        load(state.statistics);
        if (summariser.needsDraws(state.assimilated)) {
            draw(state, draws, Purpose.START, scratch);
        }
        return summariser.exact(quantities(), draws, weights, Facts.of(state, y, info, 0, "exact", ""), scratch);
    }

    @Override
    public void draw(PosteriorState state, Particles out, Scratch scratch) {
        load(state.statistics);
        draw(state, out, Purpose.SUMMARY, scratch);
    }

    private void draw(PosteriorState state, Particles out, Purpose purpose, Scratch scratch) {
        int mark = scratch.mark();
        double[] means = scratch.take(out.length());
        double[] lower = scratch.take(d * d);
        for (int j = 0; j < d; j++) {
            Arrays.fill(means, j * out.stride, (j + 1) * out.stride, mean[j]);
        }
        SemidefiniteFactor.lower(covariance, d, lower);
        Gaussians.draw(means, lower, out, state.randomness(), state.step, purpose, purpose == Purpose.START ? 0 : -1, scratch);
        scratch.release(mark);
    }

    /** Column j of the state, by a name. */
    Quantity marginal(PosteriorState state, int j, String name) {
        load(state.statistics);
        return marginal(j, name);
    }

    private Quantity marginal(int j, String name) {
        double centre = mean[j];
        double sd = Math.sqrt(covariance[j * d + j]);
        return new Quantity(name, centre, sd, Arrays.stream(standardQuantiles).map(z -> centre + sd * z).toArray());
    }

    private Quantity[] quantities() {
        List<Parameter> names = model.state().parameters();
        Quantity[] out = new Quantity[d];
        for (int j = 0; j < d; j++) {
            out[j] = marginal(j, names.get(j).name());
        }
        return out;
    }
}
