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
import java.util.List;

/**
 * Counts whose rate wanders on the log scale: log rate_t = log rate_{t-1} + N(0, q Delta t), y_t ~ Poisson or negative binomial about
 * rate_t times an exposure, where one is given as an input. An exposure of 0, or a missing one, counts as 1.
 */
public final class LogRate implements GaussianDynamics {

    static final Option[] OPTIONS = {
        States.response(),
        Option.withDefault("family", Shape.choice("poisson", "negative-binomial"), "poisson", "Distribution of a count about its mean."),
        Option.withDefault("dispersion", Shape.positive(), 0.1, "Negative binomial only: a in variance = mean + a mean^2."),
        States.variance("rate-variance", "Variance by which the log rate wanders in one unit of time."),
        Option.optional("exposure", Shape.text("a field name"), "The field with what the rate is multiplied by; absent: 1."),
        States.initial("the log rate"),
    };

    private final List<String> channels;
    private final List<String> inputs;
    private final CountNoise noise;
    private final double wandering;
    private final double initialMean;
    private final double initialVariance;
    private final ParameterSpace state = States.real("log-rate");

    private LogRate(Settings s) {
        channels = States.one(s.text("response"));
        inputs = s.optionalText("exposure").map(List::of).orElse(List.of());
        noise = new CountNoise(s.text("family").equals("poisson") ? 0 : s.number("dispersion"));
        wandering = s.number("rate-variance");
        initialMean = s.struct("initial").number("mean");
        initialVariance = s.struct("initial").number("variance");
    }

    static LogRate build(Settings settings) { return new LogRate(settings); }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public List<String> channels() { return channels; }

    @Override
    public List<String> inputs() { return inputs; }

    @Override
    public void drawInitial(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        random.normals(step, Purpose.PRIOR, iteration, x.values, 0, x.stride);
        double sd = Math.sqrt(initialVariance);
        for (int i = 0; i < x.stride; i++) {
            x.values[i] = Math.fma(sd, x.values[i], initialMean);
        }
        x.pad();
    }

    @Override
    public void transitionMean(Particles x, Moment moment, double[] out, Scratch scratch) { System.arraycopy(x.values, 0, out, 0, x.stride); }

    @Override
    public void transitionCovariance(Moment moment, double[] covariance) { covariance[0] = wandering * moment.elapsed; }

    private static double logExposure(Moment moment) {
        return moment.inputs.length > 0 && moment.inputs[0] > 0 ? StrictMath.log(moment.inputs[0]) : 0;
    }

    @Override
    public void addLogObservation(Particles x, double[] y, Moment moment, double[] logDensity, double[] score, Scratch scratch) {
        if (y[0] != y[0]) {
            return;
        }
        int mark = scratch.mark();
        double[] logMean = scratch.take(x.stride);
        double[] slope = score == null ? null : scratch.take(x.stride);
        double shift = logExposure(moment);
        for (int i = 0; i < x.stride; i++) {
            logMean[i] = x.values[i] + shift;
        }
        noise.addLog(y[0], logMean, logDensity, slope, x.stride, scratch);
        if (score != null) {
            LaneMath.get().axpy(1, slope, 0, score, 0, x.stride);
        }
        scratch.release(mark);
    }

    @Override
    public void drawObservation(Particles x, Moment moment, double[] out, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] mean = scratch.take(x.stride);
        double shift = logExposure(moment);
        for (int i = 0; i < x.stride; i++) {
            mean[i] = x.values[i] + shift;
        }
        LaneMath.get().exp(mean, 0, mean, 0, x.stride);
        noise.draw(mean, out, x.stride, random, step, iteration);
        scratch.release(mark);
    }
}
