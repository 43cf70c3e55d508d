package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Patterns;
import io.driftwood.inference.transition.MoveInfo;

/**
 * Joint multimeasurement sampling on {-1, 1}^d: one discrete walk on all m measurements together, {@link JointSignsTarget}, from even signs; then
 * x-hat = sign E[x | y_1..y_m], or a draw of x | y_1..y_m. With one measurement it is walk-jump sampling. Biased as {@link SequentialSigns} is; with m alpha the modes part
 * and the walk finds them no better than on the patterns themselves.
 *
 * <p>Reference: [1] Bach and Saremi (2025). Differs from [1]: the draw in place of the guess.
 *
 * @param walk by a transition on signs
 * @param exact whether x is drawn given all measurements, in place of the guess
 */
public record JointSigns(int measurements, Walk walk, int moves, boolean exact) {

    public JointSigns {
        if (measurements < 1 || walk.transition().domain() != Domain.SIGNS) {
            throw new IllegalArgumentException("needs a measurement, and a transition on signs");
        }
    }

    /** Every particle becomes a draw. */
    public MoveInfo draw(Patterns patterns, Particles x, Randomness random, long step, Scratch scratch) {
        JointSignsTarget target = new JointSignsTarget(patterns, measurements);
        Walk.Walkers walkers = walk.new Walkers(new Particles(x.size, target.dimension()), 1, random, step, scratch);
        SequentialSigns.evenSigns(walkers.y, random, step, 0);
        walkers.move(target, moves);
        Particles sum = new Particles(x.size, x.dimension);
        target.sum(walkers.y.values, sum);
        SequentialSigns.finish(patterns, sum, exact, x, random, step, scratch);
        return walkers.info;
    }
}
