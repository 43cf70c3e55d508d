package io.driftwood.inference.denoise.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.denoise.walk.SequentialMeasurements;
import io.driftwood.inference.denoise.walk.Walk;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import io.driftwood.inference.target.Target;
import org.junit.jupiter.api.Test;

/** Mixture priors and a linear observation, whose law given the observation is known. */
class ConditionalSamplingTest {

    private static final GaussianMixture PRIOR =
            GaussianMixture.full(new double[] {0.4, 0.6}, new double[][] {{-1, 0}, {1.5, 1}}, new double[][] {{1, 0.6, 0.6, 1}, {0.5, -0.2, -0.2, 0.8}});
    private static final LinearLikelihood SUM = new LinearLikelihood(new double[][] {{1, 1}}, new double[] {0.7}, new double[] {0.5});
    private static final GaussianMixture GIVEN = ConditionedMixture.of(PRIOR, SUM.map(), SUM.observation(), SUM.noise());
    private final Scratch scratch = new Scratch();

    private static Particles places(int size, long seed) {
        Particles y = new Particles(size, 2);
        Randomness.of(seed, "places").normals(0, Purpose.USER, 0, y.values, 0, y.length());
        y.pad();
        return y;
    }

    /** 20000 weighted draws at each place: their error is below the sd of x over 70, and five of them are 0.1. */
    @Test
    void weightedDraws_averageToTheMeanGivenTheObservation() {
        Denoiser importance = new ImportanceDenoiser(PRIOR, SUM, 20_000, Randomness.of(121, "draws"));
        Particles y = places(8, 122);
        double[] mean = new double[y.length()];
        double[] exact = new double[y.length()];
        importance.posteriorMean(y, 2, mean, scratch);
        GIVEN.posteriorMean(y, 2, exact, scratch);
        assertThat(mean).containsExactly(exact, within(0.1));
        double[] again = new double[y.length()];
        importance.posteriorMean(y, 2, again, scratch);
        assertThat(again).isNotEqualTo(mean);
        new ImportanceDenoiser(PRIOR, SUM, 20_000, Randomness.of(121, "draws")).posteriorMean(y, 2, again, scratch);
        assertThat(again).containsExactly(mean);
    }

    /** Sequential measurements with 40 weighted draws at every step, 4000 chains: six standard errors of a mean are 0.1, of a variance 0.14; 0.03 is for the walks and the 40. */
    @Test
    void sequentialMeasurements_haveTheLawGivenTheObservation() {
        Particles x = places(4000, 123);
        Denoiser importance = new ImportanceDenoiser(PRIOR, SUM, 40, Randomness.of(124, "draws"));
        new SequentialMeasurements(2, 8, Walk.aboba(0.5, 1), 25, 10, true).draw(importance, x, Randomness.of(125, "walk"), 0, scratch);
        double[] mean = GIVEN.reference().mean();
        double[] covariance = GIVEN.reference().covariance();
        for (int j = 0; j < 2; j++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < x.size; i++) {
                sum += x.get(j, i) / x.size;
                squares += x.get(j, i) * x.get(j, i) / x.size;
            }
            assertThat(sum).isCloseTo(mean[j], within(0.13 * Math.sqrt(covariance[3 * j])));
            assertThat((squares - sum * sum) / covariance[3 * j]).isCloseTo(1, within(0.17));
            // what the prior has without the observation is far from it
            assertThat(Math.abs(PRIOR.reference().covariance()[3 * j] / covariance[3 * j] - 1)).isGreaterThan(0.3);
        }
    }

    /** For N(0, t^2) and o = x + e of variance r: mean = c y + v c (o - c y)/r, c = t^2/(t^2 + v), where the truth has r + v c in place of r. */
    @Test
    void plugInGuidance_isTooSureByTheKnownAmount() {
        double t2 = 1.7;
        double v = 0.8;
        double r = 0.3;
        double o = 1.1;
        GaussianMixture normal = GaussianMixture.isotropic(new double[] {1}, new double[][] {{0}}, Math.sqrt(t2));
        LinearLikelihood seen = new LinearLikelihood(new double[][] {{1}}, new double[] {o}, new double[] {r});
        Particles y = new Particles(8, 1);
        for (int i = 0; i < 8; i++) {
            y.set(0, i, i - 3.5);
        }
        double[] mean = new double[8];
        double[] exact = new double[8];
        Denoiser plugIn = new PlugInDenoiser(normal, seen);
        plugIn.posteriorMean(y, v, mean, scratch);
        ConditionedMixture.of(normal, seen.map(), seen.observation(), seen.noise()).posteriorMean(y, v, exact, scratch);
        double c = t2 / (t2 + v);
        for (int i = 0; i < 8; i++) {
            double guess = c * y.get(0, i);
            assertThat(mean[i]).isCloseTo(guess + v * c * (o - guess) / r, within(1e-12));
            assertThat(exact[i]).isCloseTo(guess + v * c * (o - guess) / (r + v * c), within(1e-12));
        }
        assertThat(plugIn.bias()).contains("biased");
        assertThat(plugIn.draws()).isFalse();
    }

    @Test
    void target_isPriorTimesLikelihood() {
        ConditionedProblem problem = new ConditionedProblem(PRIOR, SUM, 8);
        Target target = problem.target();
        Particles x = places(8, 126);
        double[] log = new double[8];
        double[] exact = new double[8];
        double[] score = new double[16];
        double[] exactScore = new double[16];
        double[] v = places(8, 127).values;
        double[] product = new double[16];
        double[] exactProduct = new double[16];
        target.evaluate(x, log, score, scratch);
        GIVEN.evaluate(x, 0, exact, exactScore, scratch);
        target.hessianVector(x, v, product, scratch);
        GIVEN.hessianVector(x, 0, v, exactProduct, scratch);
        assertThat(score).containsExactly(exactScore, within(1e-10));
        assertThat(product).containsExactly(exactProduct, within(1e-10));
        for (int i = 1; i < 8; i++) {
            assertThat(log[i] - exact[i]).isCloseTo(log[0] - exact[0], within(1e-11));
        }
        assertThatThrownBy(() -> new ConditionedProblem(PRIOR, new LinearLikelihood(new double[][] {{1}}, new double[] {0}, new double[] {1}), 8))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("2 coordinates, and the observation is one of 1");
    }
}
