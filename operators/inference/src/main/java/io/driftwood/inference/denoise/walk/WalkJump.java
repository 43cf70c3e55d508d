package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.SmoothedPrior;
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
    public MoveInfo draw(SmoothedPrior prior, Particles x, Randomness random, long step, Scratch scratch) {
        Particles y = new Particles(x.size, x.dimension);
        Walk.addNoise(x, sigma, y, random, step, -1, scratch);
        Walk.Walkers walkers = walk.new Walkers(y, sigma, random, step, scratch);
        walkers.move(new SmoothedTarget(prior, sigma * sigma), moves);
        jump(prior, y, sigma * sigma, exact, x, random, step, scratch);
        return walkers.info;
    }

    static void jump(SmoothedPrior prior, Particles y, double variance, boolean exact, Particles x, Randomness random, long step, Scratch scratch) {
        if (exact) {
            prior.posteriorDraw(y, variance, x, random, step, 0, scratch);
        } else {
            prior.posteriorMean(y, variance, x.values, scratch);
            x.pad();
        }
    }
}
