package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.ParameterSpace;
import java.util.Arrays;
import java.util.List;

/**
 * An autoregression about a known mean, measured with noise, started from its stationary law:
 * <pre>   x_t = phi_1 x_{t-1} + ... + phi_p x_{t-p} + N(0, q),   y_t = mean + x_t + N(0, r)   </pre>
 * The first column is mean + x_t; the others are earlier values of x. Time is counted in whole steps.
 */
public final class Autoregressive implements LinearGaussian {

    static final Option[] OPTIONS = {
        States.response(),
        Option.required("coefficients", Shape.listOf(Shape.number()), "phi_1, phi_2, ...; the process must be stationary."),
        Option.withDefault("mean", Shape.number(), 0.0, "What the process returns to."),
        States.variance("innovation-variance", "Variance of what is new in a step."),
        States.variance("noise-variance", "Variance of a measurement about the process."),
    };

    private final List<String> channels;
    private final int d;
    private final double mean;
    private final double noise;
    private final Repeated steps;
    private final double[] stationary;
    private final ParameterSpace state;

    private Autoregressive(Settings s) {
        channels = States.one(s.text("response"));
        double[] coefficients = s.numbers("coefficients");
        d = coefficients.length;
        if (d == 0) {
            throw s.problem("coefficients", "an autoregression needs a coefficient");
        }
        mean = s.number("mean");
        noise = s.number("noise-variance");
        double[] step = new double[d * d];
        System.arraycopy(coefficients, 0, step, 0, d);
        for (int i = 1; i < d; i++) {
            step[i * d + i - 1] = 1;
        }
        double[] covariance = new double[d * d];
        covariance[0] = s.number("innovation-variance");
        steps = new Repeated(d, step, covariance);
        stationary = steps.stationaryCovariance();
        if (!(stationary[0] < Double.POSITIVE_INFINITY)) {
            throw s.problem("coefficients", "these make no stationary process; for one that wanders take local-level");
        }
        String[] names = new String[d];
        names[0] = "value";
        for (int j = 1; j < d; j++) {
            names[j] = "deviation[-" + j + "]";
        }
        state = States.real(names);
    }

    static Autoregressive build(Settings settings) { return new Autoregressive(settings); }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public List<String> channels() { return channels; }

    @Override
    public void initial(double[] mean, double[] covariance) {
        Arrays.fill(mean, 0, d, 0.0);
        mean[0] = this.mean;
        System.arraycopy(stationary, 0, covariance, 0, d * d);
    }

    /** With v = x + mean e_1: v' = F v + mean (e_1 - F e_1). */
    @Override
    public void transition(Moment moment, double[] matrix, double[] shift) {
        steps.after(moment.wholeSteps(), matrix, null);
        for (int i = 0; i < d; i++) {
            shift[i] = mean * ((i == 0 ? 1 : 0) - matrix[i * d]);
        }
    }

    @Override
    public void transitionCovariance(Moment moment, double[] covariance) { steps.after(moment.wholeSteps(), null, covariance); }

    @Override
    public void observation(Moment moment, double[] matrix, double[] covariance) {
        Arrays.fill(matrix, 0, d, 0.0);
        matrix[0] = 1;
        covariance[0] = noise;
    }
}
