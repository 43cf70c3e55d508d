package io.driftwood.inference.target;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** An unnormalised log-density on R^d, or log-mass on a finite set within it, evaluated for a whole population in one call. */
public interface Target {

    int dimension();

    default Domain domain() { return Domain.REAL; }

    /** Whether {@link #evaluate} gives the log-density; where not it gives 0, and only the score means anything. */
    default boolean hasDensity() { return true; }

    /** Coordinates in one block of a {@link Domain#ONE_HOT} target, which divides the dimension; 0 for any other. */
    default int categories() { return 0; }

    /**
     * Overwrites logDensity[0..stride) and, unless it is null, score[0..d*stride). Non-finite values are allowed and mean density zero.
     */
    void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch);

    /** Overwrites out with the Hessian of the log-density times v, for every particle. */
    void hessianVector(Particles x, double[] v, double[] out, Scratch scratch);
}
