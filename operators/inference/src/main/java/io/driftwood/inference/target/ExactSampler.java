package io.driftwood.inference.target;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;

/** Independent draws from a distribution, exact up to rounding: an oracle for samplers, and a start. */
@FunctionalInterface
public interface ExactSampler {

    /**
     * Overwrites every particle with a draw. The random numbers are those of the address (step, iteration) with the purposes SIMULATE and
     * ANCESTOR: a caller that draws twice changes one of the two.
     */
    void sample(Particles x, Randomness random, long step, int iteration, Scratch scratch);
}
