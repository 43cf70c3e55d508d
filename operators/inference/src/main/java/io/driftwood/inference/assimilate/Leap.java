package io.driftwood.inference.assimilate;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learned.UnfitException;
import io.driftwood.inference.numeric.Scratch;

/** Carries a population along a whole path at once, where it could not be reweighted at once. */
public interface Leap {

    /** None: such a path is walked by degrees. */
    Leap NONE = (state, path, logWeights, info, scratch) -> false;

    /**
     * Moves every particle from the start of the path to its end. Weights are left to the caller.
     *
     * @param logWeights out, length stride: what each particle's log-weight grows by; what is not finite is a particle lost
     * @return whether there was a leap; if not, nothing has changed
     */
    boolean along(PosteriorState state, Path path, double[] logWeights, StepInfo info, Scratch scratch);

    /** Share of the particles that must be left in effect; with fewer the path is walked by degrees after all. */
    default double leastEss() { return 0; }

    /**
     * The same with something learned in place of what it had.
     *
     * @throws UnfitException with the reason when it cannot be used here
     */
    default Leap with(Learned learned, int dimension) {
        throw new UnfitException(learned, "is of no use to a sampler that lets observations in without tuned paths; set sampler.assimilation to tuned-path");
    }
}
