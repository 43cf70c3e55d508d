package io.driftwood.inference.sample;

import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;

/** A way to draw from a problem. Immutable; what a run learns and needs lives in the run. */
public interface Sampler {

    /**
     * One run, a function of its arguments alone. Runs with different randomness are independent.
     *
     * @param size particles moved side by side
     * @param length draws kept of each particle, by samplers that iterate; populations are drawn once and ignore it
     */
    Draws draw(Problem problem, int size, int length, Randomness random);

    /** Whether this problem can be sampled so, and if not why; empty when it can. */
    default String refusal(Problem problem) { return ""; }
}
