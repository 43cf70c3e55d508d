package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.transition.MoveInfo;

/**
 * Sequential multimeasurement sampling: y_1, ..., y_m are drawn one after the other, each by a walk on p(y_k | y_1..y_(k-1)), and x from all of them.
 * <pre>
 *   for k = 1..m:   y_k = E[x | y_1..y_(k-1)] + sigma z, then moves on p(y_k | y_1..y_(k-1));   c_k = mean of y_1..y_k
 *   x-hat = E[x | y_1..y_m], or an exact draw of x | y_1..y_m
 * </pre>
 * sigma is chosen so large that q_sigma is log-concave: then no walk has far modes to find, and yet noise sigma/sqrt(m) is left at the end. Biased: by the walks, and without the
 * exact draw by the jump, whose law is within Wasserstein distance sigma sqrt(d/m) of p. Cost of a score for every move of every measurement.
 *
 * <p>Reference: [1] Saremi, Park and Bach (2023), Chain of log-concave Markov chains. Differs from [1]: the exact draw; the first walk begins at
 * the seeds the caller gives.
 *
 * @param firstMoves of the walk to y_1
 * @param moves of every other walk
 * @param exact whether x is drawn given all measurements, in place of their mean
 */
public record SequentialMeasurements(double sigma, int measurements, Walk walk, int firstMoves, int moves, boolean exact) {

    public SequentialMeasurements {
        if (measurements < 1) {
            throw new IllegalArgumentException("needs a measurement");
        }
    }

    /** A thousand measurements of two moves each, after a hundred for the first. */
    public static SequentialMeasurements of(double sigma, boolean exact) {
        return new SequentialMeasurements(sigma, 1000, Walk.aboba(0.7, 0.3), 100, 2, exact);
    }

    /** Every particle of {@code x}, which enters as its seed, becomes a draw. */
    public MoveInfo draw(Denoiser denoiser, Particles x, Randomness random, long step, Scratch scratch) {
        Particles y = new Particles(x.size, x.dimension);
        MeasurementTarget target = new MeasurementTarget(denoiser, sigma, x.size);
        Walk.Walkers walkers = walk.new Walkers(y, sigma, random, step, scratch);
        for (int k = 1; k <= measurements; k++) {
            Walk.addNoise(x, sigma, y, random, step, -k, scratch);
            walkers.move(target, k == 1 ? firstMoves : moves);
            target.take(y);
            WalkJump.jump(denoiser, target.mean(), target.variance(), exact && k == measurements, x, random, step, scratch);
        }
        return walkers.info;
    }
}
