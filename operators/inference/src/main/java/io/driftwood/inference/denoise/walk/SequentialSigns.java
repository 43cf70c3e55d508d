package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Patterns;
import io.driftwood.inference.transition.MoveInfo;

/**
 * Sequential multimeasurement sampling on {-1, 1}^d: y_1, ..., y_m are drawn one after the other by a discrete walk on {@link SignsTarget}, from even signs; then
 * x-hat = sign E[x | y_1..y_m], the guess with the fewest wrong signs, or a draw of x | y_1..y_m. A small alpha makes each walk easy; m alpha is the precision in the end. Biased: by walks without an
 * accept step, and by the guess, less the larger m alpha.
 *
 * <p>Reference: [1] Bach and Saremi (2025). Differs from [1]: the draw in place of the guess.
 *
 * @param walk by a transition on signs
 * @param exact whether x is drawn given all measurements, in place of the guess
 */
public record SequentialSigns(int measurements, Walk walk, int moves, boolean exact) {

    public SequentialSigns {
        if (measurements < 1 || walk.transition().domain() != Domain.SIGNS) {
            throw new IllegalArgumentException("needs a measurement, and a transition on signs");
        }
    }

    /** Every particle becomes a draw. */
    public MoveInfo draw(Patterns patterns, Particles x, Randomness random, long step, Scratch scratch) {
        SignsTarget target = new SignsTarget(patterns, x.size);
        Walk.Walkers walkers = walk.new Walkers(new Particles(x.size, x.dimension), 1, random, step, scratch);
        for (int k = 0; k < measurements; k++) {
            evenSigns(walkers.y, random, step, k);
            walkers.move(target, moves);
            target.take(walkers.y);
        }
        finish(patterns, target.sum(), exact, x, random, step, scratch);
        return walkers.info;
    }

    /** From the sum of all measurements. */
    static void finish(Patterns patterns, Particles sum, boolean exact, Particles x, Randomness random, long step, Scratch scratch) {
        if (exact) {
            patterns.posteriorDraw(sum, x, random, step, 0, scratch);
        } else {
            patterns.posteriorMean(sum, x.values, scratch);
            signs(x);
        }
    }

    static void evenSigns(Particles y, Randomness random, long step, int iteration) {
        random.normals(step, Purpose.START, iteration, y.values, 0, y.length());
        signs(y);
    }

    private static void signs(Particles x) {
        for (int at = 0; at < x.length(); at++) {
            x.values[at] = x.values[at] >= 0 ? 1 : -1;
        }
        x.pad();
    }
}
