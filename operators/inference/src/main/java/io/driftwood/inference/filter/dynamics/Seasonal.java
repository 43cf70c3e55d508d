package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.ParameterSpace;
import java.util.Arrays;
import java.util.List;

/**
 * A wandering level and a pattern that repeats every p steps and changes slowly:
 * <pre>
 *   level_t = level_{t-1} + N(0, q),   season_t = -(season_{t-1} + ... + season_{t-p+1}) + N(0, s),   y_t = level_t + season_t + N(0, r)
 * </pre>
 * Time is counted in whole steps. Reference: Durbin and Koopman (2012), section 3.2.2. Differs from it: nothing.
 */
public final class Seasonal implements LinearGaussian {

    static final Option[] OPTIONS = {
        States.response(),
        Option.required("period", Shape.integer(2, 400), "Steps after which the pattern repeats."),
        States.variance("noise-variance", "Variance of a measurement."),
        States.variance("level-variance", "Variance by which the level wanders in a step."),
        States.anyVariance("season-variance", 0.0, "Variance by which the pattern changes in a step."),
        States.initial("the level"),
        States.variance("initial-season-variance", "Variance of each season's effect before the first record; its mean is 0."),
    };

    private final List<String> channels;
    private final int d;
    private final double noise;
    private final double initialMean;
    private final double initialVariance;
    private final double initialSeason;
    private final Repeated steps;
    private final ParameterSpace state;

    private Seasonal(Settings s) {
        channels = States.one(s.text("response"));
        d = s.count("period");
        noise = s.number("noise-variance");
        initialMean = s.struct("initial").number("mean");
        initialVariance = s.struct("initial").number("variance");
        initialSeason = s.number("initial-season-variance");
        state = States.real(names(d));
        double[] step = new double[d * d];
        step[0] = 1;
        for (int j = 1; j < d; j++) {
            step[d + j] = -1;
        }
        for (int i = 2; i < d; i++) {
            step[i * d + i - 1] = 1;
        }
        double[] covariance = new double[d * d];
        covariance[0] = s.number("level-variance");
        covariance[d + 1] = s.number("season-variance");
        steps = new Repeated(d, step, covariance);
    }

    private static String[] names(int d) {
        String[] names = new String[d];
        names[0] = "level";
        names[1] = "season";
        for (int j = 2; j < d; j++) {
            names[j] = "season[-" + (j - 1) + "]";
        }
        return names;
    }

    static Seasonal build(Settings settings) { return new Seasonal(settings); }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public List<String> channels() { return channels; }

    @Override
    public void initial(double[] mean, double[] covariance) {
        Arrays.fill(mean, 0, d, 0.0);
        mean[0] = initialMean;
        double[] variances = new double[d];
        Arrays.fill(variances, initialSeason);
        variances[0] = initialVariance;
        States.diagonal(covariance, variances);
    }

    @Override
    public void transition(Moment moment, double[] matrix, double[] shift) {
        steps.after(moment.wholeSteps(), matrix, null);
        Arrays.fill(shift, 0, d, 0.0);
    }

    @Override
    public void transitionCovariance(Moment moment, double[] covariance) { steps.after(moment.wholeSteps(), null, covariance); }

    @Override
    public void observation(Moment moment, double[] matrix, double[] covariance) {
        Arrays.fill(matrix, 0, d, 0.0);
        matrix[0] = 1;
        matrix[1] = 1;
        covariance[0] = noise;
    }
}
