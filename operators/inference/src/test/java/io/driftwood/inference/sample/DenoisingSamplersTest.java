package io.driftwood.inference.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Samplers by denoising as a configuration names them. The modes of the mixture are eight standard deviations apart, so that a chain on the target itself does not cross. 4000
 * draws: a share of 0.3 has the standard error 0.0072, a variance of one 0.022; bounds are six of them (false alarm 2e-9) and the bias stated with each.
 */
class DenoisingSamplersTest {

    private static final int SIZE = 4000;
    private static final Problem FAR = Sampling.problem("gaussian-mixture", "means", List.of(List.of(-4, 0), List.of(4, 1)), "weights", List.of(0.3, 0.7));

    /** Share of draws in the right mode; mean and variance of the second coordinate there. */
    private static double[] rightMode(Particles x) {
        double count = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < x.size; i++) {
            if (x.get(0, i) > 0) {
                count++;
                sum += x.get(1, i);
                squares += x.get(1, i) * x.get(1, i);
            }
        }
        return new double[] {count / x.size, sum / count, squares / count - sum / count * (sum / count)};
    }

    private static void assertLaw(Draws draws, double variance, double bias) {
        double[] right = rightMode(draws.particles());
        double root = Math.sqrt(draws.particles().size);
        assertThat(right[0]).as("share of the right mode").isCloseTo(0.7, within(6 * 0.46 / root + bias));
        assertThat(right[1]).as("mean in it").isCloseTo(1, within(6 * 1.2 / root + bias));
        assertThat(right[2]).as("variance in it").isCloseTo(variance, within(6 * 1.7 / root + bias));
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk-jump", "joint-measurements", "sequential-measurements", "diffusion", "localisation"})
    void everySampler_findsTheSharesOfFarModes(String name) {
        Sampler sampler = switch (name) {
            case "walk-jump" -> Sampling.sampler(name, "moves", 60L);
            case "joint-measurements" -> Sampling.sampler(name, "measurements", 2L, "moves", 400L, "sigma", 6);
            case "sequential-measurements" -> Sampling.sampler(name, "measurements", 40L, "moves", 8L);
            default -> Sampling.sampler(name);
        };
        assertThat(sampler.refusal(FAR)).isEmpty();
        Draws draws = sampler.draw(FAR, SIZE, 1, Sampling.run(31, 0));
        assertLaw(draws, 1, 0.015);
        assertThat(draws.evidence().kind()).isEqualTo(Evidence.Kind.NONE);
    }

    /** On a normal of sd t the jump from noise s has variance t^4/(t^2 + s^2). */
    @Test
    void meansInPlaceOfDraws_areTooNarrowAndSaySo() {
        Problem normal = Sampling.problem("gaussian", "mean", List.of(1, -1), "sd", List.of(2.0, 0.5));
        Draws draws = Sampling.sampler("walk-jump", "sigma", 1.5, "final", "mean").draw(normal, SIZE, 3, Sampling.run(32, 0));
        Particles x = draws.particles();
        assertThat(draws.length()).isEqualTo(3);
        for (int j = 0; j < 2; j++) {
            double t2 = j == 0 ? 4 : 0.25;
            double narrow = t2 * t2 / (t2 + 2.25);
            double mean = draws.mean(j);
            double square = 0;
            for (int i = 0; i < x.size; i++) {
                square += (x.get(j, i) - mean) * (x.get(j, i) - mean) / x.size;
            }
            // successive draws of a chain are dependent: as many independent ones as there are chains
            assertThat(square / narrow).isCloseTo(1, within(6 * Math.sqrt(2.0 / SIZE)));
        }
        assertThat(draws.bias()).contains("too narrow, within a Wasserstein distance of 2.121");
    }

    @Test
    void accuratelyAcceptedWalk_givesNoBiasButThatOfItsLength() {
        Draws draws = Sampling.sampler("walk-jump", "transition", "mala", "moves", 80L).draw(FAR, SIZE, 2, Sampling.run(33, 0));
        assertLaw(draws, 1, 0.005);
        assertThat(draws.bias()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"sequential-signs,40", "joint-signs,1"})
    void signs_findTheWeightsOfThePatterns(String name, long measurements) {
        List<List<Integer>> rows = List.of(List.of(1, 1, 1, 1, -1, 1), List.of(-1, 1, -1, 1, 1, -1), List.of(-1, -1, 1, -1, -1, -1));
        Problem patterns = Sampling.problem("patterns", "patterns", rows, "weights", List.of(0.5, 0.2, 0.3), "alpha", 0.4);
        Draws draws = Sampling.sampler(name, "measurements", measurements).draw(patterns, SIZE, 1, Sampling.run(34, 0));
        double[] share = new double[3];
        for (int i = 0; i < SIZE; i++) {
            for (int a = 0; a < 3; a++) {
                boolean same = true;
                for (int j = 0; j < 6; j++) {
                    same &= draws.particles().get(j, i) == rows.get(a).get(j);
                }
                share[a] += same ? 1.0 / SIZE : 0;
            }
        }
        assertThat(share).containsExactly(new double[] {0.5, 0.2, 0.3}, within(6 * 0.0079));
    }

    @Test
    void problemsThatAreNotKnownThroughNoise_areRefusedWithTheReason() {
        assertThat(Sampling.sampler("walk-jump").refusal(Sampling.problem("funnel"))).startsWith("is not known seen through noise");
        assertThat(Sampling.sampler("diffusion").refusal(Sampling.problem("product-signs", "fields", List.of(1, 2)))).startsWith("lies on signs");
        assertThat(Sampling.sampler("sequential-signs").refusal(FAR)).startsWith("is not the target `patterns`");
        assertThat(Sampling.sampler("localisation", "largest-noise", 0.1, "least-noise", 0.2).refusal(FAR)).contains("which rises");
        assertThat(Sampling.sampler("joint-measurements", "measurements", 1024L).refusal(Sampling.problem("gaussian", "mean", List.of(0, 0, 0, 0, 0, 0, 0, 0, 0))))
                .contains("take sequential-measurements");
        assertThat(Sampling.sampler("walk-jump", "transition", "dmala").refusal(FAR)).contains("the transition moves on signs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk-jump", "joint-measurements", "sequential-measurements", "diffusion", "localisation"})
    void runs_areFunctionsOfTheirRandomness(String name) {
        Sampler sampler = name.contains("measurements") ? Sampling.sampler(name, "measurements", 5L) : Sampling.sampler(name);
        double[] first = sampler.draw(FAR, 20, 2, Sampling.run(35, 0)).particles().values;
        assertThat(sampler.draw(FAR, 20, 2, Sampling.run(35, 0)).particles().values).containsExactly(first);
        assertThat(sampler.draw(FAR, 20, 2, Sampling.run(35, 1)).particles().values).isNotEqualTo(first);
    }
}
