package io.driftwood.inference.denoise.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.denoise.Channel;
import io.driftwood.inference.denoise.Denoised;
import io.driftwood.inference.denoise.DenoisingPrior;
import io.driftwood.inference.denoise.DenoisingState;
import io.driftwood.inference.denoise.StreamingDenoiser;
import io.driftwood.inference.denoise.conditional.ConditionedMixture;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import io.driftwood.inference.target.Patterns;
import io.driftwood.inference.transition.Mala;
import io.driftwood.inference.transition.TwoStage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every bound on draws is six standard errors of independent ones, false alarm below 1e-8 with a fixed seed, and the bias that is stated. */
class SamplingByDenoisingTest {

    private static final GaussianMixture PRIOR = GaussianMixture.diagonal(new double[] {0.3, 0.7}, new double[][] {{-1.5, 0}, {1, 1}}, new double[][] {{0.5, 0.7}, {0.8, 0.5}});
    private final Scratch scratch = new Scratch();

    private Particles seeds(GaussianMixture prior, int size, long seed) {
        Particles x = new Particles(size, prior.dimension());
        prior.reference().sample(x, Randomness.of(seed, "seeds"), 0, Purpose.START, 0, scratch);
        return x;
    }

    /** The walk is on N(0, tau^2 + sigma^2), exactly by aboba, and the jumps have variance tau^4 / (tau^2 + sigma^2), not tau^2. */
    @Test
    void jumpsOfAGaussian_areTooNarrowByTheKnownFactor() {
        double tau = 1.2;
        double sigma = 0.9;
        GaussianMixture prior = GaussianMixture.isotropic(new double[] {1}, new double[][] {{0, 0}}, tau);
        Particles x = seeds(prior, 20_000, 70);
        WalkJump.of(sigma).draw(prior, x, Randomness.of(70, "walk"), 0, scratch);
        double narrow = tau * tau / Math.sqrt(tau * tau + sigma * sigma);
        Laws.of(x).check(GaussianMixture.isotropic(new double[] {1}, new double[][] {{0, 0}}, narrow), 6, 0);
    }

    @Test
    void walkJumpWithExactDraws_hasTheLawOfThePrior() {
        for (Walk walk : new Walk[] {Walk.aboba(0.5, 1), new Walk(new Mala(), 0.8)}) {
            Particles x = seeds(PRIOR, 20_000, 71);
            new WalkJump(1.5, walk, 60, true).draw(PRIOR, x, Randomness.of(71, "walk"), 0, scratch);
            Laws.of(x).check(PRIOR, 6, walk.transition() instanceof Mala ? 0.002 : 0.01);
        }
    }

    @Test
    void sequentialMeasurements_haveTheLawOfThePrior() {
        for (boolean exact : new boolean[] {true, false}) {
            Particles x = seeds(PRIOR, 20_000, 72);
            int m = exact ? 8 : 120;
            new SequentialMeasurements(1.8, m, Walk.aboba(0.5, 1), 60, exact ? 15 : 5, exact).draw(PRIOR, x, Randomness.of(72, "walk"), 0, scratch);
            Laws.of(x).check(PRIOR, 6, exact ? 0.01 : 0.03);
        }
    }

    /**
     * A fifth at -3 and four fifths at +3 in each of 32 dimensions: the modes are 34 standard deviations apart. With 16000 chains the standard error of a weight is 0.0032;
     * 0.02 is six of them. A walk on the sharp density stays in the mode where it begins.
     */
    @Test
    void sequentialMeasurementsWithAnExactDraw_findTheWeightsOfFarModes() {
        int d = 32;
        double[] mean = new double[d];
        double[] other = new double[d];
        Arrays.fill(mean, 3);
        Arrays.fill(other, -3);
        GaussianMixture far = GaussianMixture.isotropic(new double[] {0.2, 0.8}, new double[][] {other, mean}, 1);
        Particles x = new Particles(16_000, d);
        Randomness.of(73, "start").uniforms(0, Purpose.START, 0, x.values, 0, x.length());
        for (int at = 0; at < x.length(); at++) {
            x.values[at] = 2 * x.values[at] - 1;
        }
        double sigma = 1.5 * 3 * Math.sqrt(d);
        new SequentialMeasurements(sigma, 12, Walk.aboba(0.7, 0.3), 100, 10, true).draw(far, x, Randomness.of(73, "walk"), 0, scratch);
        assertThat(Laws.of(x).lastShare(far)).isCloseTo(0.8, within(0.02));
        // the variance within the mode, over all coordinates
        double sum = 0;
        double count = 0;
        for (int i = 0; i < x.size; i++) {
            if (x.get(0, i) > 0 && x.get(1, i) > 0) {
                count++;
                for (int j = 0; j < d; j++) {
                    sum += (x.get(j, i) - 3) * (x.get(j, i) - 3);
                }
            }
        }
        assertThat(sum / (count * d)).isCloseTo(1, within(0.03));
    }

    /**
     * A hundred short walks in a row on N(0, 1), as many as leave noise 1/4: 64000 draws, six standard errors of the variance are 0.034. With momenta drawn anew for every measurement it comes
     * out 0.05 too small, because those that an unadjusted walk leaves behind are not standard normal.
     */
    @Test
    void momentaCarriedFromWalkToWalk_keepTheVariance() {
        int d = 16;
        GaussianMixture normal = GaussianMixture.isotropic(new double[] {1}, new double[1][d], 1);
        Particles x = seeds(normal, 4000, 78);
        new SequentialMeasurements(5, 100, Walk.aboba(0.7, 0.3), 100, 2, true).draw(normal, x, Randomness.of(78, "walk"), 0, scratch);
        double sum = 0;
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < x.size; i++) {
                sum += x.get(j, i) * x.get(j, i);
            }
        }
        assertThat(sum / (4000 * d)).isCloseTo(1, within(0.034));
    }

    @Test
    void jointMeasurements_haveTheLawOfThePrior() {
        Particles x = seeds(PRIOR, 20_000, 74);
        new JointMeasurements(1.5, 3, Walk.aboba(0.4, 0.5), 250, true).draw(PRIOR, x, Randomness.of(74, "walk"), 0, scratch);
        Laws.of(x).check(PRIOR, 6, 0.01);
    }

    /** On N(0, tau^2): Z' = (1 + g tau^2/(t tau^2 + 1)) Z + sqrt g z, and Var Z_t = t^2 tau^2 + t in the limit of small steps. */
    @Test
    void localisation_followsItsVarianceRecursion() {
        double tau2 = 1.44;
        GaussianMixture prior = GaussianMixture.isotropic(new double[] {1}, new double[][] {{0}}, 1.2);
        double[] times = Localisation.geometric(0.01, 50, 4000);
        Localisation localisation = new Localisation(times, false);
        double driven = times[0] * times[0] * tau2 + times[0];
        double expected = driven;
        for (int k = 0; k + 1 < times.length; k++) {
            double gap = times[k + 1] - times[k];
            Particles one = new Particles(1, 1);
            Particles zero = new Particles(1, 1);
            Arrays.fill(one.values, 1);
            double[] noise = new double[8];
            localisation.forth(prior, one, times[k], gap, noise, scratch);
            Arrays.fill(noise, 1);
            localisation.forth(prior, zero, times[k], gap, noise, scratch);
            driven = one.get(0, 0) * one.get(0, 0) * driven + zero.get(0, 0) * zero.get(0, 0);
            expected = Math.pow(1 + gap * tau2 / (times[k] * tau2 + 1), 2) * expected + gap;
            assertThat(driven / expected).isCloseTo(1, within(1e-11));
        }
        double end = times[times.length - 1];
        assertThat(driven / (end * end * tau2 + end)).isCloseTo(1, within(0.01));
    }

    @Test
    void localisation_hasTheLawOfThePrior() {
        Particles x = seeds(PRIOR, 20_000, 75);
        new Localisation(Localisation.geometric(0.001, 100, 500), true).draw(PRIOR, x, Randomness.of(75, "walk"), 0, scratch);
        Laws.of(x).check(PRIOR, 6, 0.015);
    }

    /** Weights of the patterns come out: 20000 draws, standard error 0.0035 at most; six of them, and 0.01 for the walk's bias where it has one. */
    @Test
    void sequentialSigns_findTheWeightsOfThePatterns() {
        double[][] rows = {{1, 1, 1, 1, -1, 1}, {-1, 1, -1, 1, 1, -1}, {-1, -1, 1, -1, -1, -1}};
        double[] weights = {0.5, 0.2, 0.3};
        Patterns patterns = new Patterns(rows, weights, 0.4);
        Particles x = new Particles(20_000, 6);
        new SequentialSigns(40, new Walk(new TwoStage(true, 1), 1), 20, false).draw(patterns, x, Randomness.of(76, "walk"), 0, scratch);
        double[] share = new double[3];
        for (int i = 0; i < x.size; i++) {
            for (int a = 0; a < 3; a++) {
                boolean same = true;
                for (int j = 0; j < 6; j++) {
                    same &= x.get(j, i) == rows[a][j];
                }
                share[a] += same ? 1.0 / x.size : 0;
            }
        }
        assertThat(share).containsExactly(weights, within(6 * 0.0035));
    }

    /** An observation of every coordinate with noise of its own is a measurement. */
    @Test
    void conditionedMixture_isThePosteriorAfterAMeasurement() {
        GaussianMixture prior = GaussianMixture.full(new double[] {0.4, 0.6}, new double[][] {{-1, 0}, {1.5, 1}}, new double[][] {{1, 0.6, 0.6, 1}, {0.5, -0.2, -0.2, 0.8}});
        GaussianMixture conditioned = ConditionedMixture.of(prior, new double[][] {{1, 0}, {0, 1}}, new double[] {0.3, -0.8}, new double[] {0.49, 0, 0, 1.44});
        StreamingDenoiser denoiser = new StreamingDenoiser(DenoisingPrior.of(prior), Channel.NORMAL, 1);
        DenoisingState state = denoiser.newState();
        Denoised out = denoiser.newAnswer();
        denoiser.step(state, new double[] {0.3, -0.8}, new double[] {0.7, 1.2}, denoiser.newState(), out, scratch);
        double[] covariance = new double[4];
        denoiser.covariance(state, covariance, scratch);
        assertThat(conditioned.weights()).containsExactly(out.modes, within(1e-12));
        assertThat(conditioned.reference().mean()).containsExactly(out.mean, within(1e-12));
        double[] lower = conditioned.reference().lower();
        assertThat(new double[] {lower[0] * lower[0], lower[0] * lower[2], lower[2] * lower[2] + lower[3] * lower[3]})
                .containsExactly(new double[] {covariance[0], covariance[1], covariance[3]}, within(1e-12));
    }

    /** A sum observed: p(x | o) ~ p(x) N(o | x_1 + x_2, r), at a few places against each other. */
    @Test
    void conditionedMixture_isPriorTimesLikelihood() {
        GaussianMixture conditioned = ConditionedMixture.of(PRIOR, new double[][] {{1, 1}}, new double[] {0.7}, new double[] {0.3});
        Particles x = new Particles(8, 2);
        Randomness.of(77, "places").normals(0, Purpose.USER, 0, x.values, 0, x.length());
        double[] before = new double[8];
        double[] after = new double[8];
        PRIOR.evaluate(x, 0, before, null, scratch);
        conditioned.evaluate(x, 0, after, null, scratch);
        for (int i = 1; i < 8; i++) {
            assertThat(after[i] - before[i] - logLikelihood(x, i)).isCloseTo(after[0] - before[0] - logLikelihood(x, 0), within(1e-11));
        }
    }

    private static double logLikelihood(Particles x, int i) {
        double error = 0.7 - x.get(0, i) - x.get(1, i);
        return -0.5 * error * error / 0.3;
    }
}
