package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.SmoothedTarget;
import io.driftwood.inference.transition.MoveInfo;

/**
 * Walk-jump sampling: a walk on the smoothed density q_sigma, and from where it stands a jump to E[x | y], or an exact draw of x | y. The walk never looks at jumps.
 * <pre>
 *   y_0 = seed + sigma z      y moves on q_sigma      x-hat = y + sigma^2 grad log q_sigma(y) = E[x | y]
 * </pre>
 * Biased: the law of the jumps is within Wasserstein distance sigma sqrt(d) of p and too narrow (for N(0, tau^2) its variance is tau^4/(tau^2 + sigma^2)). With
 * exact draws the law is p as far as the walk is on q_sigma. A larger sigma makes the walk easier; a mixture of normals of sd tau whose means are within R of each other's
 * middle is log-concave from sigma^2 = R^2 - tau^2 on.
 *
 * <p>Reference: [1] Saremi and Hyvarinen (2019), JMLR 20, 1-23. [2] Frey et al. (2024), for aboba as the walk. Differs from them: exact draws.
 *
 * @param moves between the draws of one particle
 * @param exact whether to draw x | y in place of its mean
 */
public record WalkJump(double sigma, Walk walk, int moves, boolean exact) {

    /** Moves of the recommended walk between draws. */
    public static final int MOVES = 100;

    public static WalkJump of(double sigma) { return new WalkJump(sigma, Walk.aboba(0.5, Walk.FRICTION), MOVES, false); }

    /** Every particle of {@code x}, which enters as its seed, becomes a draw. */
    public MoveInfo draw(Denoiser denoiser, Particles x, Randomness random, long step, Scratch scratch) {
        Chain chain = new Chain(denoiser, x, random, step, scratch);
        chain.next(x);
        return chain.info();
    }

    /** Walkers that go on after a draw. For one run. */
    public final class Chain {

        private final Denoiser denoiser;
        private final SmoothedTarget target;
        private final Walk.Walkers walkers;
        private final Randomness random;
        private final long step;
        private final Scratch scratch;
        private int drawn;

        public Chain(Denoiser denoiser, Particles seeds, Randomness random, long step, Scratch scratch) {
            Particles y = new Particles(seeds.size, seeds.dimension);
            Walk.addNoise(seeds, sigma, y, random, step, -1, scratch);
            this.denoiser = denoiser;
            this.target = new SmoothedTarget(denoiser, sigma * sigma);
            this.walkers = walk.new Walkers(y, sigma, random, step, scratch);
            this.random = random;
            this.step = step;
            this.scratch = scratch;
        }

        /** Walks on, and every particle of {@code x} becomes a draw. */
        public void next(Particles x) {
            walkers.move(target, moves);
            jump(denoiser, walkers.y, sigma * sigma, exact, x, random, step, drawn++, scratch);
        }

        public MoveInfo info() { return walkers.info; }
    }

    static void jump(Denoiser denoiser, Particles y, double variance, boolean exact, Particles x, Randomness random, long step, Scratch scratch) {
        jump(denoiser, y, variance, exact, x, random, step, 0, scratch);
    }

    private static void jump(
            Denoiser denoiser, Particles y, double variance, boolean exact, Particles x, Randomness random, long step, int iteration, Scratch scratch) {
        if (exact) {
            denoiser.posteriorDraw(y, variance, x, random, step, iteration, scratch);
        } else {
            denoiser.posteriorMean(y, variance, x.values, scratch);
            x.pad();
        }
    }
}
