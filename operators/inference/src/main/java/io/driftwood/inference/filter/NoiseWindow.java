package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.Gaussians;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.SemidefiniteFactor;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.WeightedMoments;
import io.driftwood.inference.random.Purpose;
import java.util.Arrays;

/**
 * The last transitions of every particle as the noises that made them: x_s = a(x_{s-1}) + L_s u_s, u_s ~ N(0, I). All noises of a window are
 * moved at once, by a step that is reversible with respect to a Gaussian N(m, S) fitted to the population before it was resampled:
 * <pre>
 *   u' = m + sqrt(1 - b^2)(u - m) + b S^(1/2) xi,   accepted with probability min(1, r(u') / r(u)),
 *   r(u) = N(u; 0, I) prod_s g(y_s | x_s)^beta_s / N(u; m, S)
 * </pre>
 * This leaves the posterior of the noises as it is for any b, m, S; noise may have fewer directions than the state. b runs through 0.9, 0.5, 0.2.
 *
 * <p>Columns of a particle: x_t (d), the state x_0 before the window (d), then u of the oldest transition to the newest (lag d). The history
 * holds as many records as there are transitions: elapsed, channels, inputs.
 *
 * <p>Reference: [1] Cotter, Roberts, Stuart and White (2013), Statistical Science 28, 424-446. Differs from [1]: N(m, S) instead of the prior, which
 * after a far measurement is nowhere near.
 */
final class NoiseWindow {

    private static final double[] LENGTHS = {0.9, 0.5, 0.2};
    /** Added to the variances of a fit: a population of few distinct particles spans too few directions. In units of the noises' own variance. */
    private static final double RIDGE = 1e-6;

    private final GaussianDynamics model;
    private final int lag;
    private final int d;
    private final int channels;
    private final double[] y;
    private final Moment moment = new Moment();
    private final double[] centre;
    private final double[] spread;
    private final double[] lower;

    NoiseWindow(GaussianDynamics model, int lag) {
        this.model = model;
        this.lag = lag;
        d = model.dimension();
        channels = model.channels().size();
        y = new double[channels];
        centre = new double[lag * d];
        spread = new double[lag * d * lag * d];
        lower = new double[spread.length];
        moment.inputs = new double[model.inputs().size()];
    }

    int columns() { return (2 + lag) * d; }

    int rowWidth() { return 1 + channels + moment.inputs.length; }

    /** The states x_t, as a population that shares the numbers of the particles. */
    Particles newest(Particles particles) { return new Particles(particles.size, d, particles.values); }

    /** The first record: there is a state and no transition yet. Its row stays only until its measurement has been let in. */
    void begin(PosteriorState state, double[] measured, Moment first, Scratch scratch) {
        Particles x = newest(state.particles);
        model.drawInitial(x, first, state.randomness(), state.step, 0, scratch);
        System.arraycopy(x.values, 0, state.particles.values, d * x.stride, d * x.stride);
        state.history.clear();
        append(state, measured, first);
    }

    private void append(PosteriorState state, double[] measured, Moment at) {
        double[] row = new double[rowWidth()];
        row[0] = at.elapsed;
        System.arraycopy(measured, 0, row, 1, channels);
        System.arraycopy(at.inputs, 0, row, 1 + channels, at.inputs.length);
        state.history.append(row, state.history.count == 0 && state.assimilated == 0 ? 0 : 1);
    }

    /** Rows of transitions have weight 1; that of the first record has 0. */
    private int transitions(PosteriorState state) {
        return state.history.weights[0] == 0 ? state.history.count - 1 : state.history.count;
    }

    /** Draws the newest noise and moves every x_t; the oldest transition leaves a full window for x_0. */
    void advance(PosteriorState state, double[] measured, Moment at, Scratch scratch) {
        int mark = scratch.mark();
        Particles all = state.particles;
        int n = all.stride;
        if (state.history.weights[0] == 0) {
            state.history.dropFirst(1);
        }
        if (state.history.count == lag) {
            Particles start = new Particles(all.size, d, scratch.take(d * n));
            System.arraycopy(all.values, d * n, start.values, 0, d * n);
            transit(start, state, 0, all.values, 2 * d * n, scratch);
            System.arraycopy(start.values, 0, all.values, d * n, d * n);
            System.arraycopy(all.values, 3 * d * n, all.values, 2 * d * n, (lag - 1) * d * n);
            state.history.dropFirst(1);
        }
        append(state, measured, at);
        int newest = state.history.count - 1;
        int noise = (2 + newest) * d * n;
        state.randomness().normals(state.step, Purpose.NOISE, 0, all.values, noise, d * n);
        transit(newest(all), state, newest, all.values, noise, scratch);
        all.pad();
        scratch.release(mark);
    }

    /** x becomes a(x) + L u over the transition of a row. */
    private void transit(Particles x, PosteriorState state, int row, double[] noises, int offset, Scratch scratch) {
        int mark = scratch.mark();
        double[] covariance = scratch.take(d * d);
        double[] lower = scratch.take(d * d);
        double[] mean = scratch.take(d * x.stride);
        double[] noise = scratch.take(d * x.stride);
        read(state, row);
        model.transitionCovariance(moment, covariance);
        SemidefiniteFactor.lower(covariance, d, lower);
        model.transitionMean(x, moment, mean, scratch);
        System.arraycopy(noises, offset, noise, 0, d * x.stride);
        LaneMath.get().lowerTimesColumns(lower, d, noise, x.values, x.stride, x.stride);
        LaneMath.get().axpy(1, mean, 0, x.values, 0, d * x.stride);
        scratch.release(mark);
    }

    private void read(PosteriorState state, int row) {
        double[] values = state.history.values;
        int from = row * state.history.width;
        moment.elapsed = values[from];
        System.arraycopy(values, from + 1, y, 0, channels);
        System.arraycopy(values, from + 1 + channels, moment.inputs, 0, moment.inputs.length);
    }

    /** u = log g(y_t | x_t). */
    void newestLogDensity(PosteriorState state, double[] u, Scratch scratch) {
        read(state, state.history.count - 1);
        Arrays.fill(u, 0, state.particles.stride, 0.0);
        model.addLogObservation(newest(state.particles), y, moment, u, null, scratch);
    }

    void forgetNewestMeasurement(PosteriorState state) {
        int from = (state.history.count - 1) * state.history.width;
        Arrays.fill(state.history.values, from + 1, from + 1 + channels, Double.NaN);
    }

    /** Fits N(m, S) to the weighted noises. To be called before the population is resampled. */
    void fit(PosteriorState state, Scratch scratch) {
        int k = transitions(state) * d;
        Particles all = state.particles;
        int mark = scratch.mark();
        double[] noises = scratch.take(k * all.stride);
        System.arraycopy(all.values, 2 * d * all.stride, noises, 0, k * all.stride);
        WeightedMoments.mean(noises, k, all.stride, state.weights.normalised, all.size, centre);
        WeightedMoments.covariance(noises, k, all.stride, state.weights.normalised, all.size, centre, spread, scratch);
        for (int j = 0; j < k; j++) {
            spread[j * k + j] += RIDGE;
        }
        SemidefiniteFactor.lower(spread, k, lower);
        scratch.release(mark);
    }

    /**
     * One move of all noises in the window, the newest measurement counting to the power beta. Before the first transition there is nothing to move.
     *
     * @return share accepted
     */
    double move(PosteriorState state, double beta, int iteration, Scratch scratch) {
        int count = transitions(state);
        if (count == 0) {
            return 0;
        }
        int mark = scratch.mark();
        Particles all = state.particles;
        int n = all.stride;
        double[] here = scratch.take(count * d * n);
        double[] there = scratch.take(count * d * n);
        double[] uniform = scratch.take(all.size);
        double[] logHere = scratch.take(n);
        double[] logThere = scratch.take(n);
        Particles x = new Particles(all.size, d, scratch.take(d * n));
        System.arraycopy(all.values, 2 * d * n, here, 0, count * d * n);
        propose(state, here, there, count * d, iteration, scratch);
        state.randomness().uniforms(state.step, Purpose.ACCEPT, iteration, uniform, 0, all.size);
        follow(state, here, count, beta, x, logHere, scratch);
        follow(state, there, count, beta, x, logThere, scratch);
        int accepted = 0;
        for (int i = 0; i < all.size; i++) {
            double logRatio = logThere[i] - logHere[i];
            if (logRatio >= 0 || StrictMath.log(uniform[i]) < logRatio) {
                accepted++;
                for (int j = 0; j < d; j++) {
                    all.values[j * n + i] = x.values[j * n + i];
                }
                for (int j = 0; j < count * d; j++) {
                    all.values[(2 * d + j) * n + i] = there[j * n + i];
                }
            }
        }
        all.pad();
        scratch.release(mark);
        return (double) accepted / all.size;
    }

    /** there = m + sqrt(1 - b^2)(here - m) + b S^(1/2) xi. */
    private void propose(PosteriorState state, double[] here, double[] there, int k, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int n = state.particles.stride;
        double b = LENGTHS[iteration % LENGTHS.length];
        double kept = Math.sqrt(1 - b * b);
        double[] noise = scratch.take(k * n);
        state.randomness().normals(state.step, Purpose.MOMENTUM, iteration, noise, 0, k * n);
        LaneMath.get().lowerTimesColumns(lower, k, noise, there, n, n);
        for (int j = 0; j < k; j++) {
            for (int i = j * n; i < (j + 1) * n; i++) {
                there[i] = centre[j] + kept * (here[i] - centre[j]) + b * there[i];
            }
        }
        scratch.release(mark);
    }

    /** Follows noises from x_0 to x_t, and sets logRatio = log r of them. */
    private void follow(PosteriorState state, double[] noises, int count, double beta, Particles x, double[] logRatio, Scratch scratch) {
        int mark = scratch.mark();
        int n = x.stride;
        int k = count * d;
        double[] newest = scratch.take(n);
        double[] residual = scratch.take(k * n);
        System.arraycopy(state.particles.values, d * n, x.values, 0, d * n);
        for (int j = 0; j < k; j++) {
            for (int i = j * n; i < (j + 1) * n; i++) {
                residual[i] = noises[i] - centre[j];
            }
        }
        Arrays.fill(newest, 0, n, 0.0);
        Arrays.fill(logRatio, 0, n, 0.0);
        Gaussians.addLogOfResiduals(residual, k, spread, n, newest, scratch);
        LaneMath.get().axpy(-1, newest, 0, logRatio, 0, n);
        LaneMath.get().addColumnSquares(noises, k, n, n, -0.5, logRatio);
        for (int row = 0; row < count; row++) {
            transit(x, state, row, noises, row * d * n, scratch);
            Arrays.fill(newest, 0, n, 0.0);
            model.addLogObservation(x, y, moment, newest, null, scratch);
            LaneMath.get().axpy(row == count - 1 ? beta : 1, newest, 0, logRatio, 0, n);
        }
        scratch.release(mark);
    }
}
