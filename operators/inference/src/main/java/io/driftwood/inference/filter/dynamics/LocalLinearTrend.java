package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.ParameterSpace;
import java.util.List;

/**
 * A level with a slope that wanders, in continuous time, so that two steps of Delta t are one of 2 Delta t:
 * <pre>
 *   d level = slope dt + sqrt(q) dB,   d slope = sqrt(s) dB',   y_t = level_t + N(0, r)
 *   Q = [ q Dt + s Dt^3/3,  s Dt^2/2;  s Dt^2/2,  s Dt ]
 * </pre>
 * Reference: [1] Durbin and Koopman (2012), section 3.2.
 * <br>Differs from [1]: there the slope moves at the end of a unit step only, which irregular steps cannot follow.
 */
public final class LocalLinearTrend implements LinearGaussian {

    static final Option[] OPTIONS = {
        States.response(),
        States.variance("noise-variance", "Variance of a measurement about the level."),
        States.anyVariance("level-variance", 0.0, "Variance by which the level wanders of itself in one unit of time."),
        States.variance("slope-variance", "Variance by which the slope wanders in one unit of time."),
        States.initial("the level"),
        Option.withDefault("initial-slope", Shape.struct(
                Option.withDefault("mean", Shape.number(), 0.0, "Mean of the slope at the first record."),
                Option.withDefault("variance", Shape.positive(), 1.0, "Its variance.")), java.util.Map.of(), "What is believed of the slope."),
    };

    private final List<String> channels;
    private final double noise;
    private final double level;
    private final double slope;
    private final double[] mean;
    private final double[] variance;
    private final ParameterSpace state = States.real("level", "slope");

    private LocalLinearTrend(Settings s) {
        channels = States.one(s.text("response"));
        noise = s.number("noise-variance");
        level = s.number("level-variance");
        slope = s.number("slope-variance");
        Settings initial = s.struct("initial");
        Settings initialSlope = s.struct("initial-slope");
        mean = new double[] {initial.number("mean"), initialSlope.number("mean")};
        variance = new double[] {initial.number("variance"), initialSlope.number("variance")};
    }

    static LocalLinearTrend build(Settings settings) { return new LocalLinearTrend(settings); }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public List<String> channels() { return channels; }

    @Override
    public void initial(double[] mean, double[] covariance) {
        System.arraycopy(this.mean, 0, mean, 0, 2);
        States.diagonal(covariance, variance);
    }

    @Override
    public void transition(Moment moment, double[] matrix, double[] shift) {
        States.diagonal(matrix, 1, 1);
        matrix[1] = moment.elapsed;
        shift[0] = 0;
        shift[1] = 0;
    }

    @Override
    public void transitionCovariance(Moment moment, double[] covariance) {
        double dt = moment.elapsed;
        covariance[0] = level * dt + slope * dt * dt * dt / 3;
        covariance[1] = slope * dt * dt / 2;
        covariance[2] = covariance[1];
        covariance[3] = slope * dt;
    }

    @Override
    public void observation(Moment moment, double[] matrix, double[] covariance) {
        matrix[0] = 1;
        matrix[1] = 0;
        covariance[0] = noise;
    }
}
