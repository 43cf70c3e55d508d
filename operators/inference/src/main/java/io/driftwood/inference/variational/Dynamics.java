package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;

/** One step of every path: the forward kernel F_k with what it costs against the backward kernel B_k, and the adjoint of both. No state of its own. */
interface Dynamics {

    boolean hasMomentum();

    /** Whether a step begins with the target's score where it stands. */
    default boolean scoresBeginning() { return true; }

    /** Whether a step evaluates the target where it ends, by itself. */
    default boolean scoresEnd() { return scoresBeginning(); }

    /** From {@code leg.from} to {@code leg.to}; adds log B_k - log F_k to {@code logWeight}. */
    void forward(Leg leg, double[] logWeight, Scratch scratch);

    /**
     * Takes the cotangents of the positions and momenta at the end of the leg to those at its beginning, and adds to those of the parameters. The part
     * of a position's cotangent that goes through the target's score is left pending, so that each position needs one Hessian-vector product.
     */
    void reverse(Leg leg, Cotangents bar, Scratch scratch);

    /** Whether {@link #undo} is there. */
    default boolean reversible() { return false; }

    /** Finds where the leg began from where it ended and the same noise, and what the refreshment had made of the momentum; evaluates the target there. */
    default void undo(Leg leg, Scratch scratch) { throw new UnsupportedOperationException("steps of this kind cannot be undone"); }
}
