package io.driftwood.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.denoise.learn.PerceptronTraining;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GlyphsTest {

    @Test
    void images_areDigitsInInkOnPaperAndTheSameAgain() {
        Glyphs glyphs = Glyphs.render(60, 8, 1);
        assertThat(glyphs.digits).startsWith(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0);
        for (int i = 0; i < 60; i++) {
            double ink = 0;
            for (int j = 0; j < 64; j++) {
                assertThat(glyphs.images.get(j, i)).isBetween(-1.0, 1.0);
                ink += 0.5 * (1 + glyphs.images.get(j, i)) / 64;
            }
            // a blank image or a black one would be an unknown font
            assertThat(ink).as("ink of image %d", i).isBetween(0.05, 0.7);
        }
        assertThat(Glyphs.render(60, 8, 1).images.values).containsExactly(glyphs.images.values);
        assertThat(Glyphs.render(60, 8, 2).images.values).isNotEqualTo(glyphs.images.values);
    }

    /** A short training on few images already beats the mean image by a half. */
    @Test
    void aPerceptron_learnsThem() {
        Glyphs glyphs = Glyphs.render(300, 8, 1);
        Particles unseen = Glyphs.render(100, 8, 2).images;
        PerceptronTraining.Result result = new PerceptronTraining(32, 1, 32, 250, 5e-3, 0.3, 2).train(glyphs.images, Randomness.of(3, "perceptron"), done -> {});
        Particles y = new Particles(100, 64);
        Randomness.of(4, "noise").normals(0, Purpose.NOISE, 0, y.values, 0, y.length());
        for (int at = 0; at < y.length(); at++) {
            y.values[at] = unseen.values[at] + 0.7 * y.values[at];
        }
        double[] mean = new double[y.length()];
        result.denoiser().posteriorMean(y, 0.49, mean, new Scratch());
        double learned = 0;
        double constant = 0;
        for (int j = 0; j < 64; j++) {
            for (int i = 0; i < 100; i++) {
                learned += Math.pow(mean[j * y.stride + i] - unseen.get(j, i), 2);
                constant += Math.pow(result.denoiser().frame().mean()[j] - unseen.get(j, i), 2);
            }
        }
        assertThat(learned / constant).isLessThan(0.5);
    }

    /** Against all 720 assignments of six. */
    @Test
    void leastCost_isThatOfTheBestPermutation() {
        double[] numbers = new double[36];
        for (int trial = 0; trial < 50; trial++) {
            Randomness.of(5, "costs").uniforms(trial, Purpose.USER, 0, numbers, 0, 36);
            double[][] costs = new double[6][];
            for (int r = 0; r < 6; r++) {
                costs[r] = Arrays.copyOfRange(numbers, 6 * r, 6 * r + 6);
            }
            assertThat(Assignment.leastCost(costs)).isCloseTo(best(costs, 0, 0), org.assertj.core.api.Assertions.within(1e-12));
        }
    }

    private static double best(double[][] costs, int row, int taken) {
        double least = row == costs.length ? 0 : Double.POSITIVE_INFINITY;
        for (int c = 0; row < costs.length && c < costs.length; c++) {
            if ((taken >> c & 1) == 0) {
                least = Math.min(least, costs[row][c] + best(costs, row + 1, taken | 1 << c));
            }
        }
        return least;
    }
}
