package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.target.Target;

/** Turns an unevenly weighted population into an evenly weighted one of the same target: resample, then move. */
public interface Rejuvenation {

    /**
     * @param stage counts the rejuvenations of one step; part of the random address
     */
    void rejuvenate(PosteriorState state, Target target, Mover mover, int stage, StepInfo info, Scratch scratch);

    /**
     * Number of independent chains M among N particles: particle i belongs to chain i mod M, and the Monte Carlo error is that of M
     * independent groups.
     */
    int chains(int size);

    /** Whether it will even these weights out; if not, they are carried on, and with them the variance that they stand for. */
    default boolean resamples(LogWeights weights) { return true; }

    /** Addresses of the moves of one stage do not overlap with another's. */
    static int iteration(int stage, int move) { return stage << 12 | move; }
}
