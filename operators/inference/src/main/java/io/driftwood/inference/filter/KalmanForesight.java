package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.filter.dynamics.LinearGaussian;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.numeric.Scratch;

/** The exact law of the next measurements of a linear-Gaussian model: y_c ~ N(h_c m, h_c P h_cᵀ + R_cc), with m and P of that moment. */
final class KalmanForesight implements Foresight {

    private final LinearGaussian model;
    private final int momentsAt;
    private final int d;
    private final KalmanStep kalman = new KalmanStep();
    private final double[] mean;
    private final double[] covariance;
    private final double[] transition;
    private final double[] shift;
    private final double[] transitionCovariance;
    private final double[] observation;
    private final double[] observationCovariance;
    private final NormalMixture law = new NormalMixture(1);

    /** @param momentsAt where in a key's statistics mean and covariance stand */
    KalmanForesight(LinearGaussian model, int momentsAt) {
        this.model = model;
        this.momentsAt = momentsAt;
        d = model.dimension();
        int channels = model.channels().size();
        mean = new double[d];
        covariance = new double[d * d];
        transition = new double[d * d];
        shift = new double[d];
        transitionCovariance = new double[d * d];
        observation = new double[channels * d];
        observationCovariance = new double[channels * channels];
    }

    @Override
    public void begin(PosteriorState state, Moment first, int iteration, Scratch scratch) { model.initial(mean, covariance); }

    @Override
    public void start(PosteriorState state, Scratch scratch) {
        System.arraycopy(state.statistics, momentsAt, mean, 0, d);
        System.arraycopy(state.statistics, momentsAt + d, covariance, 0, d * d);
    }

    @Override
    public void move(PosteriorState state, Moment moment, int iteration, Scratch scratch) {
        model.transition(moment, transition, shift);
        model.transitionCovariance(moment, transitionCovariance);
        kalman.predict(d, mean, covariance, transition, shift, transitionCovariance);
    }

    @Override
    public void measure(PosteriorState state, Moment moment, int iteration, Scratch scratch) {
        model.observation(moment, observation, observationCovariance);
    }

    @Override
    public Expected channel(int c) {
        law.set(0, KalmanStep.expected(c, d, mean, observation), KalmanStep.variance(c, d, covariance, observation, observationCovariance));
        return law;
    }
}
