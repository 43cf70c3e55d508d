package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * The Ornstein-Uhlenbeck diffusion dX = -X dt + sqrt 2 dB from p towards N(0, I), run backwards from there:
 * <pre>
 *   X_t = e^-t X_0 + sqrt(1 - e^-2t) z ~ r_t      grad log r_t(y) = e^t grad log q_sigma(e^t y),   sigma^2 = e^2t - 1
 *   backwards by g from t    euler        y' = (1 + g) y + 2 g grad log r_t(y) + sqrt(2g) z
 *                            exponential  y' = e^g y + 2 (e^g - 1) grad log r_t(y) + sqrt(e^2g - 1) z
 *   last                     x-hat = E[x | e^t y], or an exact draw of x given e^t y
 * </pre>
 * A variance-preserving diffusion dX = -b(s) X ds + sqrt(2 b(s)) dB is the same in the time t = integral of b. Biased by the step, the start (seeds are
 * not quite p) and, without the exact draw, the jump. One score a step.
 *
 * <p>Reference: [1] Song et al. (2021), Score-based generative modeling through stochastic differential equations; [2] Zhang and Chen (2023) for the exponential integrator.
 * Differs from them: the last step is a jump; the start is that of the diffusion from the seeds.
 *
 * @param times falling, from T to the time of the jump, positive
 */
public record Diffusion(double[] times, Integrator integrator, boolean exact) {

    /** How a step is taken. */
    public enum Integrator { EULER, EXPONENTIAL }

    public Diffusion {
        times = times.clone();
        for (int k = 0; k < times.length; k++) {
            if (!(times[k] > 0) || k > 0 && !(times[k] < times[k - 1])) {
                throw new IllegalArgumentException("times must fall and stay positive");
            }
        }
    }

    /** Times at which the noise variance e^2t - 1 falls geometrically from that of {@code start} to that of {@code end}: even steps of the logarithm of the signal-to-noise ratio. */
    public static double[] geometric(double start, double end, int steps) {
        double first = StrictMath.expm1(2 * start);
        double last = StrictMath.expm1(2 * end);
        double[] times = new double[steps + 1];
        Arrays.setAll(times, k -> 0.5 * StrictMath.log1p(first * StrictMath.pow(last / first, (double) k / steps)));
        return times;
    }

    /** The time at which the noise has this scale, sigma^2 = e^2t - 1. */
    public static double timeOfNoise(double sigma) { return 0.5 * StrictMath.log1p(sigma * sigma); }

    /** Times of a variance-preserving diffusion on [0, 1] whose rate b(s) rises linearly from {@code low} to {@code high}, in even steps of s; the last step is the jump. */
    public static double[] linearRate(double low, double high, int steps) {
        double[] times = new double[steps];
        Arrays.setAll(times, k -> {
            double s = 1 - (double) k / steps;
            return low * s + 0.5 * (high - low) * s * s;
        });
        return times;
    }

    /** Every particle of {@code x}, which enters as its seed, becomes a draw. Seeds with mean and spread of p begin nearer to X_T than N(0, I) does. */
    public void draw(Denoiser denoiser, Particles x, Randomness random, long step, Scratch scratch) {
        int mark = scratch.mark();
        double[] noise = scratch.take(x.length());
        Particles y = new Particles(x.size, x.dimension, scratch.take(x.length()));
        random.normals(step, Purpose.START, 0, y.values, 0, x.length());
        // X_T = e^-T x_0 + sqrt(1 - e^-2T) z
        LaneMath.get().axpby(StrictMath.exp(-times[0]), x.values, 0, Math.sqrt(-StrictMath.expm1(-2 * times[0])), y.values, 0, x.length());
        for (int k = 0; k + 1 < times.length; k++) {
            random.normals(step, Purpose.NOISE, k, noise, 0, x.length());
            back(denoiser, y, times[k], times[k] - times[k + 1], noise, scratch);
        }
        double last = times[times.length - 1];
        scale(y, StrictMath.exp(last));
        y.pad();
        WalkJump.jump(denoiser, y, StrictMath.expm1(2 * last), exact, x, random, step, scratch);
        scratch.release(mark);
    }

    /** One step backwards from time t, with these normals. */
    void back(Denoiser denoiser, Particles y, double t, double gap, double[] noise, Scratch scratch) {
        int mark = scratch.mark();
        double[] logDensity = scratch.take(y.stride);
        double[] score = scratch.take(y.length());
        Particles scaled = new Particles(y.size, y.dimension, scratch.take(y.length()));
        scaled.copyFrom(y);
        double growth = StrictMath.exp(t);
        scale(scaled, growth);
        denoiser.evaluate(scaled, StrictMath.expm1(2 * t), logDensity, score, scratch);
        boolean euler = integrator == Integrator.EULER;
        double drift = euler ? gap : StrictMath.expm1(gap);
        double spread = Math.sqrt(euler ? 2 * gap : StrictMath.expm1(2 * gap));
        LaneMath.get().axpby(2 * drift * growth, score, 0, 1 + drift, y.values, 0, y.length());
        LaneMath.get().axpy(spread, noise, 0, y.values, 0, y.length());
        scratch.release(mark);
    }

    private static void scale(Particles y, double factor) {
        for (int at = 0; at < y.length(); at++) {
            y.values[at] *= factor;
        }
    }
}
