package io.driftwood.inference.filter.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every model promises. Densities are held to draws by ratios: if z ~ p then E[q(z)/p(z)] = 1 for every density q that p covers, here q
 * the density at a neighbouring point. A mean of 4,000 ratios is asked to be within 5 of its standard errors of 1: false alarm 6e-7 each,
 * for normal means.
 */
class StateSpaceModelLawsTest {

    private static final int DRAWS = 4000;

    private final Scratch scratch = new Scratch();
    private final Randomness random = Randomness.of(7, "laws");

    static Stream<String> names() { return ModelCases.all().keySet().stream(); }

    private static Moment moment(StateSpaceModel model, double elapsed) {
        Moment moment = Moment.after(elapsed);
        moment.inputs = new double[model.inputs().size()];
        Arrays.fill(moment.inputs, 2.0);
        return moment;
    }

    /** A population after three steps, so that nothing is special about it. */
    private Particles population(StateSpaceModel model, int size) {
        Particles x = new Particles(size, model.dimension());
        model.drawInitial(x, moment(model, 0), random, 1, 0, scratch);
        for (int step = 2; step < 5; step++) {
            model.propagate(x, moment(model, 1), random, step, 0, scratch);
        }
        return x;
    }

    private Particles copies(Particles of, int particle, int size) {
        Particles x = new Particles(size, of.dimension);
        for (int j = 0; j < of.dimension; j++) {
            Arrays.fill(x.values, j * x.stride, (j + 1) * x.stride, of.get(j, particle));
        }
        return x;
    }

    @Test
    void everyEntry_hasACase() {
        assertThat(ModelCases.all().keySet()).containsExactlyInAnyOrderElementsOf(StateSpaceModels.CATALOGUE.names());
    }

    @ParameterizedTest
    @MethodSource("names")
    void whereNoTimeHasElapsed_theStateStays(String name) {
        StateSpaceModel model = ModelCases.all().get(name);
        Particles x = population(model, 40);
        double[] before = x.values.clone();
        model.propagate(x, moment(model, 0), random, 9, 0, scratch);
        assertThat(x.values).usingComparatorWithPrecision(1e-12).containsExactly(before);
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsMissing_weighsNothing(String name) {
        StateSpaceModel model = ModelCases.all().get(name);
        Particles x = population(model, 16);
        double[] y = new double[model.channels().size()];
        Arrays.fill(y, Double.NaN);
        double[] logDensity = new double[x.stride];
        double[] score = new double[x.length()];
        model.addLogObservation(x, y, moment(model, 1), logDensity, score, scratch);
        assertThat(logDensity).containsOnly(0.0);
        assertThat(score).containsOnly(0.0);
    }

    @ParameterizedTest
    @MethodSource("names")
    void score_isTheSlopeOfTheDensity(String name) {
        StateSpaceModel model = ModelCases.all().get(name);
        Particles x = population(model, 16);
        double[] y = drawn(model, x);
        double[] score = new double[x.length()];
        model.addLogObservation(x, y, moment(model, 1), new double[x.stride], score, scratch);
        int firstReal = model instanceof ConditionallyLinear && model.statics() == 0 ? 1 : 0;
        for (int j = firstReal; j < x.dimension; j++) {
            for (int i = 0; i < x.size; i++) {
                double here = x.get(j, i);
                double h = 1e-5 * (1 + Math.abs(here));
                double slope = (densityWith(model, x, y, j, i, here + h) - densityWith(model, x, y, j, i, here - h)) / (2 * h);
                assertThat(score[j * x.stride + i]).as("column %d", j).isCloseTo(slope, within(1e-4 * (1 + Math.abs(slope))));
            }
        }
    }

    private double densityWith(StateSpaceModel model, Particles x, double[] y, int j, int i, double value) {
        double kept = x.get(j, i);
        x.set(j, i, value);
        double[] logDensity = new double[x.stride];
        model.addLogObservation(x, y, moment(model, 1), logDensity, null, scratch);
        x.set(j, i, kept);
        return logDensity[i];
    }

    private double[] drawn(StateSpaceModel model, Particles x) {
        int channels = model.channels().size();
        double[] out = new double[channels * x.stride];
        model.drawObservation(x, moment(model, 1), out, random, 20, 0, scratch);
        double[] y = new double[channels];
        for (int c = 0; c < channels; c++) {
            y[c] = out[c * x.stride];
        }
        return y;
    }

    /** Measurements drawn at particle 0, their density at particle 1 over that at particle 0. Particle 1 is a little way off. */
    @ParameterizedTest
    @MethodSource("names")
    void measurements_areDrawnFromTheirDensity(String name) {
        StateSpaceModel model = ModelCases.all().get(name);
        Particles source = population(model, 1);
        Particles x = copies(source, 0, 8);
        for (int j = model instanceof MarkovSwitching ? 1 : 0; j < x.dimension; j++) {
            x.set(j, 1, x.get(j, 0) * 1.02 + 0.05);
        }
        Particles many = copies(source, 0, DRAWS);
        int channels = model.channels().size();
        double[] out = new double[channels * many.stride];
        model.drawObservation(many, moment(model, 1), out, random, 30, 0, scratch);
        double[] ratio = new double[DRAWS];
        double[] logDensity = new double[x.stride];
        double[] y = new double[channels];
        for (int k = 0; k < DRAWS; k++) {
            for (int c = 0; c < channels; c++) {
                y[c] = out[c * many.stride + k];
            }
            Arrays.fill(logDensity, 0.0);
            model.addLogObservation(x, y, moment(model, 1), logDensity, null, scratch);
            ratio[k] = Math.exp(logDensity[1] - logDensity[0]);
        }
        assertMeanIsOne(ratio);
    }

    @ParameterizedTest
    @MethodSource("names")
    void transitions_areDrawnFromTheirDensity(String name) {
        if (!(ModelCases.all().get(name) instanceof GaussianDynamics model)) {
            return;
        }
        Particles source = population(model, 1);
        Particles from = copies(source, 0, DRAWS);
        Particles near = copies(source, 0, DRAWS);
        for (int k = 0; k < near.length(); k++) {
            near.values[k] += 0.002;
        }
        Particles to = copies(source, 0, DRAWS);
        model.propagate(to, moment(model, 1), random, 40, 0, scratch);
        double[] there = new double[to.stride];
        double[] elsewhere = new double[to.stride];
        model.addLogTransition(from, to, moment(model, 1), there, null, scratch);
        model.addLogTransition(near, to, moment(model, 1), elsewhere, null, scratch);
        if (there[0] == Double.NEGATIVE_INFINITY) {
            assertThat(name).as("noise in fewer directions than the state has").isIn("autoregressive", "seasonal");
            return;
        }
        double[] ratio = new double[DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            ratio[k] = Math.exp(elsewhere[k] - there[k]);
        }
        assertMeanIsOne(ratio);
    }

    /** Two steps of one unit are one of two. */
    @ParameterizedTest
    @MethodSource("names")
    void linearTransitions_compose(String name) {
        if (!(ModelCases.all().get(name) instanceof LinearGaussian model)) {
            return;
        }
        int d = model.dimension();
        Particles x = population(model, 1);
        double[] once = new double[x.length()];
        double[] twice = new double[x.length()];
        double[] direct = new double[x.length()];
        model.transitionMean(x, moment(model, 1), once, scratch);
        model.transitionMean(new Particles(1, d, once), moment(model, 1), twice, scratch);
        model.transitionMean(x, moment(model, 2), direct, scratch);
        assertThat(direct).usingComparatorWithPrecision(1e-12).containsExactly(twice);
        double[] f = new double[d * d];
        double[] q = new double[d * d];
        double[] q2 = new double[d * d];
        model.transition(moment(model, 1), f, new double[d]);
        model.transitionCovariance(moment(model, 1), q);
        model.transitionCovariance(moment(model, 2), q2);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double sum = q[i * d + j];
                for (int k = 0; k < d; k++) {
                    for (int l = 0; l < d; l++) {
                        sum += f[i * d + k] * q[k * d + l] * f[j * d + l];
                    }
                }
                assertThat(q2[i * d + j]).isCloseTo(sum, within(1e-12));
            }
        }
    }

    @Test
    void staticColumns_areDrawnFromTheirDensity() {
        StateSpaceModel model = ModelCases.all().get("brownian");
        Particles x = new Particles(DRAWS, model.dimension());
        model.drawInitial(x, moment(model, 0), random, 50, 0, scratch);
        double[] there = new double[x.stride];
        double[] near = new double[x.stride];
        model.addLogPrior(x, there, scratch);
        for (int k = 0; k < 2 * x.stride; k++) {
            x.values[k] += k < x.stride ? 0.1 : -0.07;
        }
        model.addLogPrior(x, near, scratch);
        double[] ratio = new double[DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            ratio[k] = Math.exp(near[k] - there[k]);
        }
        assertMeanIsOne(ratio);
    }

    /** Scaled Bessel functions from tables: Abramowitz and Stegun, 9.8; and the two series where they meet. */
    @Test
    void vonMises_isNormalised() {
        assertThat(Math.exp(Tracking.logScaledBessel(1))).isCloseTo(0.4657596077, within(1e-9));
        assertThat(Math.exp(Tracking.logScaledBessel(10))).isCloseTo(0.1278333372, within(1e-9));
        assertThat(Tracking.logScaledBessel(30.0001)).isCloseTo(Tracking.logScaledBessel(30), within(1e-5));
    }

    private static void assertMeanIsOne(double[] ratio) {
        double mean = Arrays.stream(ratio).average().orElseThrow();
        double variance = Arrays.stream(ratio).map(r -> (r - mean) * (r - mean)).sum() / (ratio.length - 1);
        assertThat(mean).isCloseTo(1, within(5 * Math.sqrt(variance / ratio.length)));
        assertThat(variance).as("the neighbour is one that would show a wrong density").isGreaterThan(1e-7);
    }
}
