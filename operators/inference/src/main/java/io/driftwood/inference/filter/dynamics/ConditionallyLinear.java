package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;

/**
 * A model whose leading columns (its conditions: regimes, unknown constants) make the rest linear and Gaussian, so that particles need
 * to carry the conditions only and the rest is integrated exactly.
 */
public interface ConditionallyLinear extends StateSpaceModel {

    /** How many leading columns are conditions; static columns are among them. */
    int conditions();

    /** Overwrites a population of conditions alone by draws for the first record; as {@link #drawInitial}. */
    void drawInitialConditions(Particles conditions, Moment first, Randomness random, long step, int iteration, Scratch scratch);

    /** Overwrites a population of conditions alone by their next ones; as {@link #propagate}. */
    void propagateConditions(Particles conditions, Moment moment, Randomness random, long step, int iteration, Scratch scratch);

    /** Moments of the other columns at the first record, given the conditions of one particle; every element. */
    void initial(double[] condition, double[] mean, double[] covariance);

    /** F, c and Q of the other columns on the way to the conditions given; every element. */
    void transition(double[] condition, Moment moment, double[] matrix, double[] shift, double[] covariance);

    /** H and R given the conditions; every element. */
    void observation(double[] condition, Moment moment, double[] matrix, double[] covariance);
}
