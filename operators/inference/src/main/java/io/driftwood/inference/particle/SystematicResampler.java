package io.driftwood.inference.particle;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

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
        claim(spare, size, u, total / count, count, ancestors);
    }

    /**
     * ancestors[k] = the smallest i with cumulative[i] &gt; (u + k) spacing, as {@link CumulativeWeights#invert}, without a branch that depends on chance:
     * particle i claims the place of its first point, and loses it to i + 1 when it has none. Which point that is follows by division, and is set
     * right by comparison.
     */
    private static void claim(double[] cumulative, int size, double u, double spacing, int count, int[] ancestors) {
        Arrays.fill(ancestors, 0, count, 0);
        int last = CumulativeWeights.lastPositive(cumulative, 0, size);
        double perWeight = 1 / spacing;
        int first = 0;
        for (int i = 0; i <= last && first < count; i++) {
            ancestors[first] = i;
            double weight = cumulative[i];
            int below = Math.min((int) (weight * perWeight - u + 1), count);
            while (below < count && (u + below) * spacing < weight) {
                below++;
            }
            while (below > first && !((u + (below - 1)) * spacing < weight)) {
                below--;
            }
            first = Math.max(below, first);
        }
        int claimed = 0;
        for (int k = 0; k < count; k++) {
            claimed = Math.max(claimed, ancestors[k]);
            ancestors[k] = claimed;
        }
    }
}
