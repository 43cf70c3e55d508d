package io.driftwood.inference.particle;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/**
 * Stratified resampling: points (u_k + k)/count, independent uniforms u_k. Unbiased; never more variance than multinomial.
 *
 * <p>Reference: [1] Kitagawa (1996), J. Comput. Graph. Statist. 5, 1-25.
 * <br>Differs from [1]: the particles are not sorted first.
 */
public final class StratifiedResampler implements Resampler {

    @Override
    public void resample(double[] weights, int size, int[] ancestors, int count, Randomness random, long step, int iteration, double[] spare) {
        double total = CumulativeWeights.fill(weights, 0, size, spare, 0);
        random.uniforms(step, Purpose.RESAMPLE, iteration, spare, size, count);
        double spacing = total / count;
        for (int k = 0; k < count; k++) {
            spare[size + k] = (spare[size + k] + k) * spacing;
        }
        CumulativeWeights.invert(spare, 0, size, spare, size, count, ancestors);
    }
}
