package io.driftwood.inference.sample;

import io.driftwood.inference.transition.Tuning;

/**
 * What a first run learnt of the way from reference to target: inverse temperatures, and at each of them tuning, number of moves and
 * an estimate of the normaliser. Immutable by agreement.
 *
 * @param betas ascending in (0, 1], the last being 1
 * @param tunings of the transition at each of them
 * @param moves per rejuvenation at each of them
 * @param logNormalisers log Z at each of them, consistent
 */
record Ladder(double[] betas, Tuning[] tunings, int[] moves, double[] logNormalisers) {

    int rungs() { return betas.length; }

    /** The tuning of a rung, or of the last one that has its own. */
    Tuning tuning(int rung) { return tunings[Math.min(rung, tunings.length - 1)]; }

    static Tuning copy(Tuning tuning) {
        Tuning copy = new Tuning();
        copy.stepSize = tuning.stepSize;
        copy.lower = tuning.lower.clone();
        copy.adaptations = tuning.adaptations;
        return copy;
    }
}
