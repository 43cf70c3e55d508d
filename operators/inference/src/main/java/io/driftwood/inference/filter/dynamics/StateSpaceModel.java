package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.List;

/**
 * A hidden state that moves and is measured, for a whole population at once:
 * <pre>
 *   x_1 ~ mu,   x_t ~ f(. | x_{t-1}, Delta t),   y_t ~ g(. | x_t)
 * </pre>
 * A user's own model implements this interface, or one of {@link LinearGaussian}, {@link GaussianDynamics} and {@link GaussianObservation}, which
 * write most methods from matrices. Immutable and safe to share between threads; a public constructor takes {@code Settings}, or nothing.
 *
 * <p>Shapes: a state of d columns, the {@link #statics} unknown constants first, on the unconstrained scale; {@code logDensity} has length
 * stride, {@code score} has length d*stride or is null when not wanted. Methods named add ADD over the whole stride. A
 * non-finite density is data, not an error. Normalising constants are kept, because evidence needs them. Random numbers of one call
 * are drawn at the given (step, iteration) only.
 */
public interface StateSpaceModel {

    /** Names of the state's columns, and how people read them. */
    ParameterSpace state();

    /** How many leading columns are constants in time that are not known. */
    default int statics() { return 0; }

    /** The measured fields. */
    List<String> channels();

    /** Fields that are given and not explained. */
    default List<String> inputs() { return List.of(); }

    /** Overwrites x by draws of the state at the first record. Purpose of its numbers: PRIOR. */
    void drawInitial(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch);

    /**
     * The same for the columns that move, given the static ones, for methods that choose those themselves.
     *
     * @throws UnsupportedOperationException when the model has static columns and does not say how
     */
    default void drawInitialGiven(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        if (statics() > 0) {
            throw new UnsupportedOperationException(getClass().getName() + " does not say how its state starts given its static columns");
        }
        drawInitial(x, first, random, step, iteration, scratch);
    }

    /** Overwrites x_{t-1} by a draw of x_t. The identity where no time has elapsed. Purposes of its numbers: NOISE for normals, LENGTH for jumps. */
    void propagate(Particles x, Moment moment, Randomness random, long step, int iteration, Scratch scratch);

    /** Adds log g(y | x) of the channels that are not NaN, and its score. */
    void addLogObservation(Particles x, double[] y, Moment moment, double[] logDensity, double[] score, Scratch scratch);

    /** Channel c of a measurement of particle i into out[c*stride + i]. Purpose of its numbers: SIMULATE. */
    void drawObservation(Particles x, Moment moment, double[] out, Randomness random, long step, int iteration, Scratch scratch);

    /**
     * Adds log p(theta) of the static columns, Jacobians included, for methods that move them. {@link #drawInitial} must draw them from it.
     *
     * @throws UnsupportedOperationException when the model has static columns and no density for them
     */
    default void addLogPrior(Particles x, double[] logDensity, Scratch scratch) {
        if (statics() > 0) {
            throw new UnsupportedOperationException(getClass().getName() + " does not say how its static columns are distributed");
        }
    }

    /** Channels, then inputs: the numbers an observation must carry. */
    default List<String> fields() { return java.util.stream.Stream.concat(channels().stream(), inputs().stream()).toList(); }

    /** Columns of the state. */
    default int dimension() { return state().dimension(); }
}
