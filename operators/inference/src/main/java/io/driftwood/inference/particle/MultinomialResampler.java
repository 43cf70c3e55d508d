package io.driftwood.inference.particle;

import io.driftwood.inference.random.Randomness;

/**
 * Multinomial resampling: {@code count} independent draws, in O(N + count) through sorted uniforms. Unbiased; offspring variance
 * count * W_i (1 - W_i).
 *
 * <p>Reference: [1] Gordon, Salmond and Smith (1993), IEE Proceedings F 140, 107-113.
 * <br>Differs from [1]: the draws come out sorted.
 */
public final class MultinomialResampler implements Resampler {

    @Override
    public void resample(double[] weights, int size, int[] ancestors, int count, Randomness random, long step, int iteration, double[] spare) {
        double total = CumulativeWeights.fill(weights, 0, size, spare, 0);
        SortedUniforms.fill(total, count, random, step, iteration, spare, size);
        CumulativeWeights.invert(spare, 0, size, spare, size, count, ancestors);
    }
}
