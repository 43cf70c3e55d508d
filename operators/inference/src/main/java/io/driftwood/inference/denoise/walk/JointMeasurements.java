package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.transition.MoveInfo;

/**
 * Joint multimeasurement sampling: one walk on all m measurements together, {@link JointTarget}, and a jump from their mean. Biased by the walk and, without the exact draw, by the
 * jump. The target is worse conditioned the more measurements there are; {@link SequentialMeasurements} is not.
 *
 * <p>Reference: [1] Saremi and Srivastava (2022), Multimeasurement generative models. Differs from [1]: the exact draw.
 *
 * @param exact whether x is drawn given all measurements, in place of their mean
 */
public record JointMeasurements(double sigma, int measurements, Walk walk, int moves, boolean exact) {

    /** Every particle of {@code x}, which enters as its seed, becomes a draw. */
    public MoveInfo draw(Denoiser denoiser, Particles x, Randomness random, long step, Scratch scratch) {
        JointTarget target = new JointTarget(denoiser, sigma, measurements);
        Particles y = new Particles(x.size, target.dimension());
        for (int i = 0; i < measurements; i++) {
            System.arraycopy(x.values, 0, y.values, i * x.length(), x.length());
        }
        Walk.addNoise(y, sigma, y, random, step, -1, scratch);
        Walk.Walkers walkers = walk.new Walkers(y, sigma, random, step, scratch);
        walkers.move(target, moves);
        Particles mean = new Particles(x.size, x.dimension);
        target.mean(y.values, mean);
        WalkJump.jump(denoiser, mean, target.variance(), exact, x, random, step, scratch);
        return walkers.info;
    }
}
