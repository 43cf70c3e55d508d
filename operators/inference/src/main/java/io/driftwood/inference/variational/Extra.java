package io.driftwood.inference.variational;

/** Parts that paths may have beyond a diagonal normal start, one step, one friction and inverse temperatures; each adds parameters that are tuned. */
public enum Extra {
    /** A step of its own for every coordinate: a diagonal mass matrix. */
    MASS,
    /** A step of its own for every bridge. */
    PACE,
    /** Bridges from a normal whose mean and log sd move with the inverse temperature (psi of Geffner and Domke 2021). */
    MOVING_REFERENCE,
    /** A full normal start, tuned with the rest; it is the frame in which paths run, and so their dense mass matrix. */
    FRAME,
    /** Affine coupling layers behind the normal start. */
    FLOW,
    /** A score network in the mean of the backward kernel. */
    NETWORK,
    /** In its place an affine map for each bridge. */
    AFFINE,
    /** A network added to the score of every bridge: learned bridges. */
    LEARNED_BRIDGES,
    /** The last momentum is weighed by a normal affine in the last position, and not by the standard one. */
    LAST_MOMENTUM,
    /** An affine map for each bridge added to its score. */
    AFFINE_BRIDGES,
    /** What is added to the scores of the bridges is added on the way forward and taken away on the way back: a controlled drift. For overdamped dynamics. */
    CONTROLLED
}
