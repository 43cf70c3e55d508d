package io.driftwood.inference.denoise.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import org.junit.jupiter.api.Test;

class DiffusionTest {

    private static final double S = 0.6;
    private static final GaussianMixture GAUSSIAN = GaussianMixture.isotropic(new double[] {1}, new double[][] {{0}}, S);
    private final Scratch scratch = new Scratch();

    private static Particles one(double value) {
        Particles y = new Particles(1, 1);
        y.set(0, 0, value);
        y.pad();
        return y;
    }

    private static double[] noise(double value) {
        double[] noise = new double[8];
        java.util.Arrays.fill(noise, value);
        return noise;
    }

    /** On N(0, s^2) a step is y -> a y + b z; its coefficients come from the step itself. */
    private double[] coefficients(Diffusion diffusion, double t, double gap) {
        Particles a = one(1);
        Particles b = one(0);
        diffusion.back(GAUSSIAN, a, t, gap, noise(0), scratch);
        diffusion.back(GAUSSIAN, b, t, gap, noise(1), scratch);
        return new double[] {a.get(0, 0), b.get(0, 0)};
    }

    /** V = (1 + g - 2 g / v_t)^2 V + 2 g, v_t = 1 + (s^2 - 1) e^-2t, from V = 1. */
    @Test
    void euler_followsTheVarianceRecursion() {
        double[] times = Diffusion.geometric(5, 0.01, 200);
        Diffusion diffusion = new Diffusion(times, Diffusion.Integrator.EULER, false);
        double driven = 1;
        double expected = 1;
        for (int k = 0; k + 1 < times.length; k++) {
            double gap = times[k] - times[k + 1];
            double[] ab = coefficients(diffusion, times[k], gap);
            driven = ab[0] * ab[0] * driven + ab[1] * ab[1];
            double v = 1 + (S * S - 1) * Math.exp(-2 * times[k]);
            expected = Math.pow(1 + gap - 2 * gap / v, 2) * expected + 2 * gap;
            assertThat(driven).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void exponential_followsItsVarianceRecursionAndComesNearer() {
        double[] times = Diffusion.geometric(8, 1e-3, 2000);
        double truth = 1 + (S * S - 1) * Math.exp(-2 * times[times.length - 1]);
        double driven = 1;
        double expected = 1;
        for (int k = 0; k + 1 < times.length; k++) {
            double gap = times[k] - times[k + 1];
            double[] ab = coefficients(new Diffusion(times, Diffusion.Integrator.EXPONENTIAL, false), times[k], gap);
            driven = ab[0] * ab[0] * driven + ab[1] * ab[1];
            double v = 1 + (S * S - 1) * Math.exp(-2 * times[k]);
            expected = Math.pow(Math.exp(gap) - 2 * (Math.exp(gap) - 1) / v, 2) * expected + Math.exp(2 * gap) - 1;
            assertThat(driven).isCloseTo(expected, within(1e-12));
        }
        assertThat(driven).isCloseTo(truth, within(0.01));
    }

    /** 20000 draws of a mixture, its weight, mean and variance within six standard errors and one hundredth of bias. */
    @Test
    void draws_haveTheLawOfTheMixture() {
        GaussianMixture prior = GaussianMixture.isotropic(new double[] {0.3, 0.7}, new double[][] {{-1.5, 0}, {1, 1}}, 0.5);
        for (double[] times : new double[][] {Diffusion.geometric(5, 0.01, 300), Diffusion.linearRate(0.1, 10, 300)}) {
            for (Diffusion.Integrator integrator : Diffusion.Integrator.values()) {
                Particles x = new Particles(20_000, 2);
                new Diffusion(times, integrator, true).draw(prior, x, Randomness.of(61, "diffusion"), 0, scratch);
                Laws.of(x).check(prior, 6, 0.02);
            }
        }
    }

    @Test
    void linearRate_integratesTheRate() {
        double[] times = Diffusion.linearRate(0.1, 10, 4);
        assertThat(times).containsExactly(new double[] {0.1 + 4.95, 0.075 + 4.95 * 0.5625, 0.05 + 4.95 * 0.25, 0.025 + 4.95 * 0.0625}, within(1e-12));
    }

    @Test
    void timesThatDoNotFall_areRefused() {
        assertThatThrownBy(() -> new Diffusion(new double[] {1, 1}, Diffusion.Integrator.EULER, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Diffusion(new double[] {1, 0}, Diffusion.Integrator.EULER, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
