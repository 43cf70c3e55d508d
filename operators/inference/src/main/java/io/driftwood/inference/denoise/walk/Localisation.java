package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * Stochastic localisation: Z_t = t x + B_t is followed without knowing x,
 * <pre>
 *   dZ = E[x | Z_t] dt + dB,   E[x | Z_t] that of one measurement Z_t/t of noise variance 1/t      by Euler   Z' = Z + g E[x | Z_t] + sqrt g z
 *   Z_t / t ~ q_(1/sqrt t), which is p in the end      last   x-hat = E[x | Z_T], or an exact draw of x given Z_T
 * </pre>
 * The first step is exact in law for any length where it starts at a time t_0 &gt; 0 with Z = t_0 x_0 + sqrt(t_0) z from seeds x_0; near t = 0 those hardly matter.
 * Biased by the step and, without the exact draw, by the jump, within Wasserstein distance sqrt(d/T). It is {@link SequentialMeasurements} with noise
 * 1/sqrt g whose walks are replaced by one draw of N(E[x | earlier], 1/g).
 *
 * <p>Reference: [1] Eldan (2013); [2] Montanari (2023), Sampling, diffusions, and stochastic localization. Differs from them: nothing.
 *
 * @param times rising and positive, from the time of the start to that of the jump
 */
public record Localisation(double[] times, boolean exact) {

    public Localisation {
        times = times.clone();
        for (int k = 0; k < times.length; k++) {
            if (!(times[k] > (k == 0 ? 0 : times[k - 1]))) {
                throw new IllegalArgumentException("times must rise from above 0");
            }
        }
    }

    /** Times that rise geometrically: even steps of the logarithm of the signal-to-noise ratio. */
    public static double[] geometric(double start, double end, int steps) {
        double[] times = new double[steps + 1];
        Arrays.setAll(times, k -> start * StrictMath.pow(end / start, (double) k / steps));
        return times;
    }

    /** Every particle of {@code x}, which enters as its seed, becomes a draw. */
    public void draw(Denoiser denoiser, Particles x, Randomness random, long step, Scratch scratch) {
        int mark = scratch.mark();
        double[] noise = scratch.take(x.length());
        Particles z = new Particles(x.size, x.dimension, scratch.take(x.length()));
        random.normals(step, Purpose.START, 0, z.values, 0, x.length());
        LaneMath.get().axpby(times[0], x.values, 0, Math.sqrt(times[0]), z.values, 0, x.length());
        for (int k = 0; k + 1 < times.length; k++) {
            random.normals(step, Purpose.NOISE, k, noise, 0, x.length());
            forth(denoiser, z, times[k], times[k + 1] - times[k], noise, scratch);
        }
        double last = times[times.length - 1];
        for (int at = 0; at < z.length(); at++) {
            z.values[at] /= last;
        }
        z.pad();
        WalkJump.jump(denoiser, z, 1 / last, exact, x, random, step, scratch);
        scratch.release(mark);
    }

    /** One step from time t, with these normals. */
    void forth(Denoiser denoiser, Particles z, double t, double gap, double[] noise, Scratch scratch) {
        int mark = scratch.mark();
        double[] mean = scratch.take(z.length());
        Particles measurement = new Particles(z.size, z.dimension, scratch.take(z.length()));
        for (int at = 0; at < z.length(); at++) {
            measurement.values[at] = z.values[at] / t;
        }
        denoiser.posteriorMean(measurement, 1 / t, mean, scratch);
        LaneMath.get().axpy(gap, mean, 0, z.values, 0, z.length());
        LaneMath.get().axpy(Math.sqrt(gap), noise, 0, z.values, 0, z.length());
        scratch.release(mark);
    }
}
