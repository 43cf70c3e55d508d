package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.dynamics.LinearGaussian;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.filter.dynamics.StateSpaceModels;
import io.driftwood.inference.model.Coordinates;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.model.bijector.Identity;
import io.driftwood.inference.particle.SystematicResampler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's own model is one class: here two sensors with correlated noise of a level that an input pushes. */
class OwnModelTest {

    private static final double NO = Double.NaN;
    private static final double[][] Y = {{0.5, 1.1, 0}, {NO, 1.9, 1}, {2.2, NO, 1}, {NO, NO, -2}, {0.7, 0.2, 0}, {1.4, 1.1, 0.5}};

    /** Public, with a public constructor that takes nothing. */
    public static final class Pushed implements LinearGaussian {

        private final ParameterSpace state = new Coordinates(List.of("level"), List.of("m"), List.of(new Identity()));

        @Override
        public ParameterSpace state() { return state; }

        @Override
        public List<String> channels() { return List.of("left", "right"); }

        @Override
        public List<String> inputs() { return List.of("push"); }

        @Override
        public void initial(double[] mean, double[] covariance) {
            mean[0] = 0;
            covariance[0] = 4;
        }

        @Override
        public void transition(Moment moment, double[] matrix, double[] shift) {
            matrix[0] = 1;
            shift[0] = moment.elapsed * moment.inputs[0];
        }

        @Override
        public void transitionCovariance(Moment moment, double[] covariance) { covariance[0] = 0.4 * moment.elapsed; }

        @Override
        public void observation(Moment moment, double[] matrix, double[] covariance) {
            matrix[0] = 1;
            matrix[1] = 0.8;
            covariance[0] = 0.3;
            covariance[1] = 0.1;
            covariance[2] = 0.1;
            covariance[3] = 0.5;
        }
    }

    private static StateSpaceModel model() { return StateSpaceModels.build(Settings.of("type", Pushed.class.getName())); }

    /** A Kalman filter written out for one column and two channels. */
    private static double[] byHand() {
        double m = 0;
        double p = 4;
        double log = 0;
        for (int t = 0; t < Y.length; t++) {
            if (t > 0) {
                m += Y[t][2];
                p += 0.4;
            }
            boolean left = Y[t][0] == Y[t][0];
            boolean right = Y[t][1] == Y[t][1];
            if (left && right) {
                double a = p + 0.3;
                double b = 0.8 * p + 0.1;
                double c = 0.64 * p + 0.5;
                double determinant = a * c - b * b;
                double v = Y[t][0] - m;
                double w = Y[t][1] - 0.8 * m;
                log += -Math.log(2 * Math.PI) - 0.5 * Math.log(determinant) - 0.5 * (c * v * v - 2 * b * v * w + a * w * w) / determinant;
                double g = p * (c - 0.8 * b) / determinant;
                double h = p * (0.8 * a - b) / determinant;
                m += g * v + h * w;
                p -= p * (g + 0.8 * h);
            } else if (left || right) {
                double k = left ? 1 : 0.8;
                double s = k * k * p + (left ? 0.3 : 0.5);
                double v = (left ? Y[t][0] : Y[t][1]) - k * m;
                log += -0.5 * Math.log(2 * Math.PI * s) - 0.5 * v * v / s;
                m += k * p / s * v;
                p -= k * k * p * p / s;
            }
        }
        return new double[] {log, m, p};
    }

    @Test
    void kalman_isExactWithMissingChannelsAndInputs() {
        assertThat(StateSpaceModels.names(Pushed.class.getName())).isTrue();
        Run run = new Run(Filters.CATALOGUE.build(Settings.of("type", "auto")).with(model(), Run.setup(model(), 16, new SystematicResampler())), 1);
        for (double[] y : Y) {
            run.feed(y);
        }
        double[] exact = byHand();
        assertThat(run.state.logEvidence).isCloseTo(exact[0], within(1e-10));
        assertThat(run.mean(0)).isCloseTo(exact[1], within(1e-10));
        assertThat(run.variance(0)).isCloseTo(exact[2], within(1e-10));
    }

    /** 50,000 particles: errors of the log-evidence below 0.01 (20 seeds), 5 of them; an ensemble of as many likewise. */
    @ParameterizedTest
    @ValueSource(strings = {"bootstrap", "guided", "auxiliary", "resample-move", "ensemble-kalman"})
    void everyFilter_agreesWithIt(String filter) {
        Run run = new Run(Filters.CATALOGUE.build(Settings.of("type", filter, "lag", 2L, "moves", 3L))
                .with(model(), Run.setup(model(), 50_000, new SystematicResampler())), 1);
        for (double[] y : Y) {
            run.feed(y);
        }
        assertThat(run.state.logEvidence).isCloseTo(byHand()[0], within(0.05));
        assertThat(run.mean(0)).isCloseTo(byHand()[1], within(0.02));
        assertThat(run.variance(0)).isCloseTo(byHand()[2], within(0.02));
    }
}
