package io.driftwood.inference.assimilate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import org.junit.jupiter.api.Test;

class TemperingTest {

    private final Scratch scratch = new Scratch();
    private final Tempering tempering = new Tempering(0.5);

    @Test
    void conditionalEss_isTheDefinition() {
        LogWeights weights = new LogWeights(3);
        weights.reweight(new double[] {Math.log(1), Math.log(2), Math.log(5), 0, 0, 0, 0, 0}, 1, new double[8]);
        double[] u = {0.3, -1, 2, 0, 0, 0, 0, 0};
        double first = (Math.exp(0.3) + 2 * Math.exp(-1) + 5 * Math.exp(2)) / 8;
        double second = (Math.exp(0.6) + 2 * Math.exp(-2) + 5 * Math.exp(4)) / 8;
        assertThat(tempering.conditionalEss(weights, u, 1, scratch)).isCloseTo(first * first / second, within(1e-14));
    }

    @Test
    void step_isTheWholeRestWhenThatIsHarmless() {
        double[] u = {0.1, 0, -0.1, 0, 0.05, 0, 0, 0};
        assertThat(tempering.step(new LogWeights(8), u, 0.7, scratch)).isEqualTo(0.7);
    }

    @Test
    void step_hitsTheThresholdOtherwise() {
        double[] u = {-50, -3, -700, 40, 8, 0, 12, 5};
        LogWeights weights = new LogWeights(8);
        double delta = tempering.step(weights, u, 1, scratch);
        assertThat(delta).isBetween(1e-4, 0.5);
        assertThat(tempering.conditionalEss(weights, u, delta, scratch)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void step_isZeroWhenTooFewParticlesAreLeftAtAnyTemperature() {
        double[] u = {0, Double.NEGATIVE_INFINITY, Double.NaN, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        assertThat(tempering.step(new LogWeights(8), u, 1, scratch)).isLessThan(1e-10);
    }

    @Test
    void step_survivesWhenHalfTheParticlesHaveDensityZero() {
        double[] u = {0, Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY, 0, 0};
        assertThat(tempering.step(new LogWeights(8), u, 1, scratch)).isEqualTo(1);
    }

    /** Under a vague prior most particles may be hopeless: 40 of 400 explain the observation, differently well. */
    @Test
    void step_countsAmongThoseWhoAreNotLostAtEveryTemperature() {
        LogWeights weights = new LogWeights(400);
        double[] u = new double[400];
        for (int i = 0; i < 400; i++) {
            u[i] = i % 10 == 0 ? -0.5 * i : i % 2 == 0 ? -1e200 : Double.NEGATIVE_INFINITY;
        }
        double delta = tempering.step(weights, u, 1, scratch);
        assertThat(delta).isBetween(1e-3, 0.5);
        assertThat(tempering.conditionalEss(weights, u, delta, scratch)).isCloseTo(0.5 * 0.1, within(1e-5));
    }
}
