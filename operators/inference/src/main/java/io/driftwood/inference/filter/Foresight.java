package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.numeric.Scratch;

/**
 * What the next measurements are expected to be: first where the state is, then step by step where it goes, and at any step what would be
 * measured there. Changes no key's state; random numbers, if any, are those of the iteration given, which no filter uses. Owns buffers.
 */
interface Foresight {

    /** Before the first record. */
    void begin(PosteriorState state, Moment first, int iteration, Scratch scratch);

    /** From the posterior of all records so far. */
    void start(PosteriorState state, Scratch scratch);

    /** On to another moment. */
    void move(PosteriorState state, Moment moment, int iteration, Scratch scratch);

    /** What would be measured at this moment. */
    void measure(PosteriorState state, Moment moment, int iteration, Scratch scratch);

    /** The law of a channel of what would be measured; valid until the next call. */
    Expected channel(int c);
}
