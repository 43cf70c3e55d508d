package io.driftwood.inference.particle;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Places that are claimed are those that inversion of the distribution function finds, to the last one. */
class SystematicResamplerTest {

    private final Random weights = new Random(11);

    @Test
    void ancestors_areThoseOfInversion() {
        Randomness random = Randomness.of(3, "claims");
        for (int step = 0; step < 20_000; step++) {
            int size = 1 + weights.nextInt(40);
            int count = 1 + weights.nextInt(60);
            double[] w = weights(size, step % 4);
            int[] claimed = new int[count];
            int[] inverted = new int[count];
            double[] spare = new double[2 * (size + count) + 16];
            new SystematicResampler().resample(w, size, claimed, count, random, step, 0, spare);
            double total = CumulativeWeights.fill(w, 0, size, spare, 0);
            double u = random.uniform(step, Purpose.RESAMPLE, 0);
            double[] points = new double[count];
            for (int k = 0; k < count; k++) {
                points[k] = (u + k) * (total / count);
            }
            CumulativeWeights.invert(spare, 0, size, points, 0, count, inverted);
            assertThat(claimed).isEqualTo(inverted);
        }
    }

    /** Even, uneven, with zeros, and over many orders of magnitude. */
    private double[] weights(int size, int kind) {
        double[] w = new double[size];
        for (int i = 0; i < size; i++) {
            double u = weights.nextDouble();
            w[i] = kind == 0 ? 1.0 / size : kind == 1 ? u : kind == 2 ? (u < 0.5 ? 0 : u) : Math.exp(-40 * u);
        }
        w[weights.nextInt(size)] += 1e-3;
        return w;
    }
}
