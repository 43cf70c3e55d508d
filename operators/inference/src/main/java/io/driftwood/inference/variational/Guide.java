package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;

/**
 * A learned map from positions, momenta and bridge scores to d numbers, one map for each bridge or one that knows the bridge; with its adjoint. All columns of
 * paths. The bridge is that of the leg.
 */
interface Guide {

    int parameters();

    /** Writes weights to begin with, that make the map zero. */
    void initialise(double[] flat, int offset, Randomness random);

    /** Works with the weights that stand there until the next time, and forgets the gradient so far. */
    void load(double[] flat, int offset);

    /** Keeps what it computes on the way forward for the way back, where that is worth the room. */
    default void rememberRuns() {}

    /** out = s(position, momentum, score), overwritten; a map without momenta does not look at them. */
    void value(Leg leg, double[] position, double[] momentum, double[] score, double[] out, Scratch scratch);

    /**
     * Adds to the cotangents of the arguments what the cotangent of the value amounts to, and to the gradient of the weights, where path i counts
     * share[i]. Arguments that the map does not look at are left alone.
     */
    void reverse(Leg leg, double[] position, double[] momentum, double[] score, double[] cotangent,
            double[] positionBar, double[] momentumBar, double[] scoreBar, double[] share, Scratch scratch);

    /** Adds the gradient of the weights since they were loaded. */
    void addGradient(double[] gradient, int offset);
}
