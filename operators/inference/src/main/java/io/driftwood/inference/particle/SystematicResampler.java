package io.driftwood.inference.particle;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/**
 * Systematic resampling: points (u + k)/count, k = 0..count-1, one uniform u. Particle i has floor or ceiling of count * W_i
 * offspring; unbiased; its variance depends on the order of the particles and has no general bound below multinomial's for sums over
 * particles, though each offspring number alone has the least variance possible.
 *
 * <p>Reference: [1] Carpenter, Clifford and Fearnhead (1999), IEE Proceedings F 146, 2-7.
 * <br>Differs from [1]: nothing.
 */
public final class SystematicResampler implements Resampler {

    @Override
    public void resample(double[] weights, int size, int[] ancestors, int count, Randomness random, long step, int iteration, double[] spare) {
        double total = CumulativeWeights.fill(weights, 0, size, spare, 0);
        random.uniforms(step, Purpose.RESAMPLE, iteration, spare, size, 1);
        double u = spare[size];
        double spacing = total / count;
        for (int k = 0; k < count; k++) {
            spare[size + k] = (u + k) * spacing;
        }
        CumulativeWeights.invert(spare, 0, size, spare, size, count, ancestors);
    }
}
