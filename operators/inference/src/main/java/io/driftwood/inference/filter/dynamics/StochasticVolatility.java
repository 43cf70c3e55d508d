package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.List;

/**
 * Stochastic volatility: the log-variance h of returns with mean 0 is a stationary autoregression, started from its stationary law,
 * <pre>
 *   h_t = mu + phi (h_{t-1} - mu) + sigma N(0, 1),   y_t ~ N(0, e^h)
 *   over Delta t: phi^Dt, and variance sigma^2 (1 - phi^(2 Dt)) / (1 - phi^2)
 * </pre>
 * Reference: [1] Kim, Shephard and Chib (1998), Review of Economic Studies 65. Differs from [1]: steps may be of any length.
 */
public final class StochasticVolatility implements GaussianDynamics {

    static final Option[] OPTIONS = {
        States.response(),
        Option.required("mean", Shape.number(), "mu, what the log-variance returns to."),
        Option.required("persistence", Shape.between(0, 0.9999999), "phi, how much of a deviation is left after one unit of time."),
        Option.required("volatility", Shape.positive(), "sigma, the sd of what is new in one unit of time."),
    };

    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private final List<String> channels;
    private final double mean;
    private final double persistence;
    private final double stationaryVariance;
    private final ParameterSpace state = States.real("log-variance");

    public StochasticVolatility(String response, double mean, double persistence, double volatility) {
        this.channels = States.one(response);
        this.mean = mean;
        this.persistence = persistence;
        this.stationaryVariance = volatility * volatility / (1 - persistence * persistence);
    }

    static StochasticVolatility build(Settings s) {
        return new StochasticVolatility(s.text("response"), s.number("mean"), s.number("persistence"), s.number("volatility"));
    }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public List<String> channels() { return channels; }

    private double left(Moment moment) { return moment.elapsed == 1 ? persistence : StrictMath.pow(persistence, moment.elapsed); }

    @Override
    public void drawInitial(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        random.normals(step, Purpose.PRIOR, iteration, x.values, 0, x.stride);
        double sd = Math.sqrt(stationaryVariance);
        for (int i = 0; i < x.stride; i++) {
            x.values[i] = Math.fma(sd, x.values[i], mean);
        }
        x.pad();
    }

    @Override
    public void transitionMean(Particles x, Moment moment, double[] out, Scratch scratch) {
        double left = left(moment);
        double shift = mean * (1 - left);
        double[] values = x.values;
        for (int i = 0; i < x.stride; i++) {
            out[i] = Math.fma(left, values[i], shift);
        }
    }

    @Override
    public void transitionCovariance(Moment moment, double[] covariance) {
        double left = left(moment);
        covariance[0] = stationaryVariance * (1 - left * left);
    }

    @Override
    public void addLogObservation(Particles x, double[] y, Moment moment, double[] logDensity, double[] score, Scratch scratch) {
        if (y[0] != y[0]) {
            return;
        }
        int mark = scratch.mark();
        int n = x.stride;
        double[] precision = scratch.take(n);
        double[] h = x.values;
        for (int i = 0; i < n; i++) {
            precision[i] = -h[i];
        }
        LaneMath.get().exp(precision, 0, precision, 0, n);
        double half = -0.5 * y[0] * y[0];
        for (int i = 0; i < n; i++) {
            logDensity[i] += Math.fma(half, precision[i], Math.fma(-0.5, h[i], -HALF_LOG_TWO_PI));
        }
        if (score != null) {
            for (int i = 0; i < n; i++) {
                score[i] -= Math.fma(half, precision[i], 0.5);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void drawObservation(Particles x, Moment moment, double[] out, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] sd = scratch.take(x.stride);
        Arrays.fill(sd, 0, x.stride, 0.0);
        LaneMath.get().axpy(0.5, x.values, 0, sd, 0, x.stride);
        LaneMath.get().exp(sd, 0, sd, 0, x.stride);
        random.normals(step, Purpose.SIMULATE, iteration, out, 0, x.stride);
        for (int i = 0; i < x.stride; i++) {
            out[i] *= sd[i];
        }
        scratch.release(mark);
    }
}
