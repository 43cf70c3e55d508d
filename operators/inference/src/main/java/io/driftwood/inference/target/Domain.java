package io.driftwood.inference.target;

/** Where the points of a target lie. A transition moves on one domain; {@code Transition.domain()} says on which. */
public enum Domain {
    /** R^d. */
    REAL,
    /** {-1, 1}^d; the score is the gradient of a smooth extension of the log-mass to R^d. */
    SIGNS,
    /** Blocks of {@link Target#categories} coordinates, in each of which one is 1 and the others 0; the score as for {@link #SIGNS}. */
    ONE_HOT
}
