package io.driftwood.inference.particle;

import io.driftwood.inference.random.Randomness;

/**
 * Residual resampling: floor(count * W_i) offspring are certain, the rest are multinomial in the fractions. Unbiased; never more
 * variance than multinomial.
 *
 * <p>Reference: [1] Liu and Chen (1998), JASA 93, 1032-1044.
 * <br>Differs from [1]: nothing.
 */
public final class ResidualResampler implements Resampler {

    @Override
    public void resample(double[] weights, int size, int[] ancestors, int count, Randomness random, long step, int iteration, double[] spare) {
        int whole = 0;
        int fraction = size;
        int points = 2 * size;
        int left = ExpectedOffspring.fill(weights, size, count, spare, whole);
        for (int i = 0; i < size; i++) {
            double expected = spare[whole + i];
            spare[whole + i] = Math.floor(expected);
            spare[fraction + i] = expected - spare[whole + i];
        }
        if (left > 0) {
            double total = CumulativeWeights.fill(spare, fraction, size, spare, fraction);
            SortedUniforms.fill(total, left, random, step, iteration, spare, points);
            CumulativeWeights.invert(spare, fraction, size, spare, points, left, ancestors);
            for (int k = 0; k < left; k++) {
                spare[whole + ancestors[k]]++;
            }
        }
        ExpectedOffspring.expand(spare, whole, size, ancestors);
    }
}
