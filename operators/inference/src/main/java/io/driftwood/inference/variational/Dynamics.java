package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;

/** One step of every path: the forward kernel F_k with what it costs against the backward kernel B_k, and the adjoint of both. No state of its own. */
interface Dynamics {

    boolean hasMomentum();

    /** From {@code leg.from} to {@code leg.to}, with the target evaluated there; adds log B_k - log F_k to {@code logWeight}. */
    void forward(Leg leg, double[] logWeight, Scratch scratch);

    /**
     * Takes the cotangents of the positions and momenta at the end of the leg to those at its beginning, and adds to those of the parameters. The part
     * of a position's cotangent that goes through the target's score is left pending, so that each position needs one Hessian-vector product.
     */
    void reverse(Leg leg, Cotangents bar, Scratch scratch);
}
