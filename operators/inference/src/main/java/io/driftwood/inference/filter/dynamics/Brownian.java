package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.Coordinates;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.model.bijector.Identity;
import io.driftwood.inference.model.bijector.Softplus;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.List;

/**
 * Brownian motion of unknown scale, measured with noise of unknown scale:
 * <pre>
 *   s, o ~ LogNormal(0, sd^2),   x_1 ~ N(0, s^2),   x_t ~ N(x_{t-1}, s^2 Delta t),   y_t ~ N(x_t, o^2)
 * </pre>
 * Static columns u with s = softplus(u_1), o = softplus(u_2).
 */
public final class Brownian implements ConditionallyLinear {

    static final Option[] OPTIONS = {
        States.response(),
        Option.withDefault("prior-sd", Shape.positive(), 2.0, "Sd of the logs of both scales, which have mean 0."),
    };

    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);
    /** A scale below this is taken for it: variances must not underflow. */
    private static final double SMALLEST = 1e-150;

    private final List<String> channels;
    private final double priorSd;
    private final ParameterSpace state = new Coordinates(List.of("process-scale", "noise-scale", "position"), List.of("", "", ""),
            List.of(new Softplus(), new Softplus(), new Identity()));

    private Brownian(Settings s) {
        channels = States.one(s.text("response"));
        priorSd = s.number("prior-sd");
    }

    static Brownian build(Settings settings) { return new Brownian(settings); }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public int statics() { return 2; }

    @Override
    public int conditions() { return 2; }

    @Override
    public List<String> channels() { return channels; }

    /** u = log(e^s - 1) = s + log(1 - e^-s), s = e^(sd z). */
    @Override
    public void drawInitialConditions(Particles c, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int n = 2 * c.stride;
        double[] scale = scratch.take(n);
        random.normals(step, Purpose.PRIOR, iteration, scale, 0, n);
        for (int i = 0; i < n; i++) {
            scale[i] *= priorSd;
        }
        LaneMath.get().exp(scale, 0, scale, 0, n);
        for (int i = 0; i < n; i++) {
            c.values[i] = -scale[i];
        }
        LaneMath.get().expm1(c.values, 0, c.values, 0, n);
        for (int i = 0; i < n; i++) {
            c.values[i] = -c.values[i];
        }
        LaneMath.get().log(c.values, 0, c.values, 0, n);
        LaneMath.get().axpy(1, scale, 0, c.values, 0, n);
        scratch.release(mark);
        c.pad();
    }

    @Override
    public void propagateConditions(Particles c, Moment moment, Randomness random, long step, int iteration, Scratch scratch) {}

    @Override
    public void drawInitial(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        drawInitialConditions(x, first, random, step, iteration, scratch);
        drawInitialGiven(x, first, random, step, iteration, scratch);
    }

    @Override
    public void drawInitialGiven(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        Arrays.fill(x.values, 2 * x.stride, 3 * x.stride, 0.0);
        addNoise(x, 1, Purpose.NOISE, random, step, iteration, scratch);
    }

    @Override
    public void propagate(Particles x, Moment moment, Randomness random, long step, int iteration, Scratch scratch) {
        addNoise(x, Math.sqrt(moment.elapsed), Purpose.NOISE, random, step, iteration, scratch);
    }

    private void addNoise(Particles x, double factor, Purpose purpose, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int n = x.stride;
        double[] noise = scratch.take(n);
        double[] scale = scratch.take(n);
        random.normals(step, purpose, iteration, noise, 0, n);
        LaneMath.get().softplus(x.values, 0, scale, 0, n);
        for (int i = 0; i < n; i++) {
            x.values[2 * n + i] += factor * scale[i] * noise[i];
        }
        x.pad();
        scratch.release(mark);
    }

    @Override
    public void addLogObservation(Particles x, double[] y, Moment moment, double[] logDensity, double[] score, Scratch scratch) {
        if (y[0] != y[0]) {
            return;
        }
        int mark = scratch.mark();
        int n = x.stride;
        double[] scale = scratch.take(n);
        double[] log = scratch.take(n);
        LaneMath.get().softplus(x.values, n, scale, 0, n);
        LaneMath.get().log(scale, 0, log, 0, n);
        for (int i = 0; i < n; i++) {
            double away = (y[0] - x.values[2 * n + i]) / scale[i];
            logDensity[i] += -HALF_LOG_TWO_PI - log[i] - 0.5 * away * away;
        }
        if (score != null) {
            double[] slope = scratch.take(n);
            LaneMath.get().sigmoid(x.values, n, slope, 0, n);
            for (int i = 0; i < n; i++) {
                double away = (y[0] - x.values[2 * n + i]) / scale[i];
                score[n + i] += slope[i] * (away * away - 1) / scale[i];
                score[2 * n + i] += away / scale[i];
            }
        }
        scratch.release(mark);
    }

    @Override
    public void drawObservation(Particles x, Moment moment, double[] out, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int n = x.stride;
        double[] scale = scratch.take(n);
        LaneMath.get().softplus(x.values, n, scale, 0, n);
        random.normals(step, Purpose.SIMULATE, iteration, out, 0, n);
        for (int i = 0; i < n; i++) {
            out[i] = x.values[2 * n + i] + scale[i] * out[i];
        }
        scratch.release(mark);
    }

    /** log LogNormal(softplus(u)) + log sigma(u) for each; log sigma(u) = u - softplus(u). */
    @Override
    public void addLogPrior(Particles x, double[] logDensity, Scratch scratch) {
        int mark = scratch.mark();
        int n = x.stride;
        double[] scale = scratch.take(2 * n);
        double[] log = scratch.take(2 * n);
        LaneMath.get().softplus(x.values, 0, scale, 0, 2 * n);
        LaneMath.get().log(scale, 0, log, 0, 2 * n);
        double constant = -HALF_LOG_TWO_PI - StrictMath.log(priorSd);
        for (int k = 0; k < 2 * n; k++) {
            double z = log[k] / priorSd;
            logDensity[k % n] += constant - 0.5 * z * z - log[k] + x.values[k] - scale[k];
        }
        scratch.release(mark);
    }

    // ---- given the scales ----

    private static double variance(double u) {
        double scale = u > 30 ? u : StrictMath.log1p(StrictMath.exp(u));
        double kept = Math.max(scale, SMALLEST);
        return kept * kept;
    }

    @Override
    public void initial(double[] condition, double[] mean, double[] covariance) {
        mean[0] = 0;
        covariance[0] = variance(condition[0]);
    }

    @Override
    public void transition(double[] condition, Moment moment, double[] matrix, double[] shift, double[] covariance) {
        matrix[0] = 1;
        shift[0] = 0;
        covariance[0] = variance(condition[0]) * moment.elapsed;
    }

    @Override
    public void observation(double[] condition, Moment moment, double[] matrix, double[] covariance) {
        matrix[0] = 1;
        covariance[0] = variance(condition[1]);
    }
}
