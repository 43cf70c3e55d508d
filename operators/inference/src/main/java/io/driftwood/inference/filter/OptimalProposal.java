package io.driftwood.inference.filter;

import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.GaussianObservation;
import io.driftwood.inference.filter.dynamics.Gaussians;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.PresentChannels;
import io.driftwood.inference.filter.dynamics.SemidefiniteFactor;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * The locally optimal proposal, where the transition is a function with Gaussian noise and the measurement is linear with Gaussian noise:
 * <pre>
 *   q = p(x_t | x_{t-1}, y_t) = N(a + K (y - H a), (I - K H) Q (I - K H)ᵀ + K R Kᵀ),   K = Q Hᵀ S^-1,   S = H Q Hᵀ + R
 *   weight = p(y_t | x_{t-1}) = N(y; H a, S)
 * </pre>
 * The weight does not depend on what is drawn, so ancestors chosen ahead by it leave equal weights behind: the filter is then fully adapted.
 *
 * <p>Reference: [1] Doucet, Godsill and Andrieu (2000), Statistics and Computing 10, 197-208. Differs from [1]: nothing.
 */
final class OptimalProposal extends ModelProposal {

    private final GaussianDynamics dynamics;
    private final GaussianObservation measurement;
    private final KalmanStep kalman = new KalmanStep();
    private final int d;
    private final int channels;

    /** @param model a {@link GaussianDynamics} that is a {@link GaussianObservation} too */
    OptimalProposal(StateSpaceModel model) {
        super(model);
        dynamics = (GaussianDynamics) model;
        measurement = (GaussianObservation) model;
        d = model.dimension();
        channels = model.channels().size();
    }

    @Override
    public void move(Particles x, double[] y, Moment moment, double[] logIncrement, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] present = scratch.take(channels);
        double[] h = scratch.take(channels * d);
        double[] r = scratch.take(channels * channels);
        double[] mean = scratch.take(x.length());
        double[] residual = scratch.take(channels * x.stride);
        double[] covariance = scratch.take(d * d);
        double[] lower = scratch.take(d * d);
        int count = predict(x, y, moment, present, h, r, mean, residual, covariance, logIncrement, scratch);
        kalman.update(d, scratch.take(d), covariance, present, count, h, r);
        for (int j = 0; j < d; j++) {
            for (int c = 0; c < count; c++) {
                LaneMath.get().axpy(kalman.gain(j * count + c), residual, c * x.stride, mean, j * x.stride, x.stride);
            }
        }
        SemidefiniteFactor.lower(covariance, d, lower);
        Gaussians.draw(mean, lower, x, random, step, Purpose.NOISE, iteration, scratch);
        scratch.release(mark);
    }

    @Override
    public void lookAhead(Particles x, double[] y, Moment moment, double[] logPromise, Scratch scratch) {
        int mark = scratch.mark();
        predict(x, y, moment, scratch.take(channels), scratch.take(channels * d), scratch.take(channels * channels), scratch.take(x.length()),
                scratch.take(channels * x.stride), scratch.take(d * d), logPromise, scratch);
        scratch.release(mark);
    }

    /** Fills mean = a, residual = y - H a, covariance = Q, and sets logDensity = log N(residual; 0, S). */
    private int predict(Particles x, double[] y, Moment moment, double[] present, double[] h, double[] r, double[] mean, double[] residual,
            double[] covariance, double[] logDensity, Scratch scratch) {
        int mark = scratch.mark();
        measurement.observation(moment, h, r);
        int count = PresentChannels.select(y, channels, d, h, r, present);
        dynamics.transitionMean(x, moment, mean, scratch);
        dynamics.transitionCovariance(moment, covariance);
        for (int c = 0; c < count; c++) {
            Arrays.fill(residual, c * x.stride, (c + 1) * x.stride, present[c]);
            for (int j = 0; j < d; j++) {
                LaneMath.get().axpy(-h[c * d + j], mean, j * x.stride, residual, c * x.stride, x.stride);
            }
        }
        double[] s = scratch.take(count * count);
        predictiveCovariance(count, h, r, covariance, s);
        double[] whitened = scratch.take(count * x.stride);
        System.arraycopy(residual, 0, whitened, 0, count * x.stride);
        Arrays.fill(logDensity, 0, x.stride, 0.0);
        Gaussians.addLogOfResiduals(whitened, count, s, x.stride, logDensity, scratch);
        scratch.release(mark);
        return count;
    }

    private void predictiveCovariance(int count, double[] h, double[] r, double[] q, double[] s) {
        for (int c = 0; c < count; c++) {
            for (int e = 0; e < count; e++) {
                double sum = r[c * count + e];
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        sum += h[c * d + i] * q[i * d + j] * h[e * d + j];
                    }
                }
                s[c * count + e] = sum;
            }
        }
    }
}
