package io.driftwood.inference.denoise.conditional;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** log p(o | x) of one observation o, as a function of x. */
public interface Likelihood {

    /** Of x. */
    int dimension();

    /** Adds log p(o | x) of every particle to {@code log}, and unless it is null its gradient to {@code score}. */
    void add(Particles x, double[] log, double[] score, Scratch scratch);

    /** Adds the Hessian of log p(o | x) times v. */
    void addHessianVector(Particles x, double[] v, double[] out, Scratch scratch);
}
