package io.driftwood.inference.particle;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/**
 * Resampling by the Srinivasan sampling process. Particle i has floor or ceiling of count * W_i offspring, so the noise is as
 * small as systematic resampling's, and the offspring numbers are negatively associated, so the scheme is consistent whatever the
 * order of the particles (systematic resampling is not).
 *
 * <p>One particle at a time carries a fraction f. It meets the next particle's fraction g, s = f + g:
 * <pre>
 *   s &lt; 1:   one of the two takes s and carries on, the first with probability f/s; the other has no further offspring
 *   s &gt;= 1:  one of the two has one more offspring, the first with probability (1-g)/(2-s); the other carries on with s - 1
 * </pre>
 * Both steps keep the expected number of each.
 *
 * <p>Reference: [1] Gerber, Chopin and Whiteley (2019), Annals of Statistics 47, 2236-2260, algorithm 4.
 * <br>Differs from [1]: an offspring lost to rounding at the very end goes to the last carrier; fractions of 0 are passed over, so
 * that a particle of weight 0 never carries.
 */
public final class SspResampler implements Resampler {

    @Override
    public void resample(double[] weights, int size, int[] ancestors, int count, Randomness random, long step, int iteration, double[] spare) {
        int left = ExpectedOffspring.fill(weights, size, count, spare, 0);
        random.uniforms(step, Purpose.RESAMPLE, iteration, spare, size, size);
        settle(spare, size, left);
        ExpectedOffspring.expand(spare, 0, size, ancestors);
    }

    /** spare[0..size) enters as expected and leaves as actual offspring; spare[size..2*size) holds the uniforms. */
    private static void settle(double[] spare, int size, int left) {
        int carrier = -1;
        double carried = 0;
        int promoted = 0;
        for (int i = 0; i < size; i++) {
            double expected = spare[i];
            spare[i] = Math.floor(expected);
            double g = expected - spare[i];
            if (g == 0) {
                continue;
            }
            if (carrier < 0) {
                carrier = i;
                carried = g;
                continue;
            }
            double u = spare[size + i];
            double s = carried + g;
            if (s < 1) {
                carrier = u * s < carried ? carrier : i;
                carried = s;
            } else {
                boolean first = u * (2 - s) < 1 - g;
                spare[first ? carrier : i]++;
                promoted++;
                carrier = first ? i : carrier;
                carried = s - 1;
            }
        }
        if (promoted < left && carrier >= 0) {
            spare[carrier]++;
        }
    }
}
