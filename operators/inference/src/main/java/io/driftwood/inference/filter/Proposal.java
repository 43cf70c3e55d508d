package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.StepFacts;
import io.driftwood.inference.summary.Summariser;

/**
 * How particles go from x_{t-1} to x_t when y_t is known: x_t ~ q(. | x_{t-1}, y_t), with weight g(y_t | x_t) f(x_t | x_{t-1}) / q. Owns no
 * state. {@code x} may be a tile of a population, {@code iteration} its number; lengths are the tile's stride.
 */
interface Proposal {

    /** Columns of a particle. */
    int columns();

    /** Overwrites a whole population by draws of the state at the first record. */
    void begin(Particles x, Moment first, Randomness random, long step, Scratch scratch);

    /** The same for what is not static, given the static columns, which come first. */
    void beginGiven(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch);

    /** Sets logIncrement to the log weight of the first measurement. */
    void weighFirst(Particles x, double[] y, Moment first, double[] logIncrement, Scratch scratch);

    /** Moves x where nothing was measured. */
    void coast(Particles x, Moment moment, Randomness random, long step, int iteration, Scratch scratch);

    /** Moves x and sets logIncrement to the log weight. Some channel of y is there. */
    void move(Particles x, double[] y, Moment moment, double[] logIncrement, Randomness random, long step, int iteration, Scratch scratch);

    /** Sets logPromise to the log of an estimate of p(y_t | x_{t-1}), by which an auxiliary filter chooses ancestors. */
    void lookAhead(Particles x, double[] y, Moment moment, double[] logPromise, Scratch scratch);

    /** What is done to a whole weighted population before it moves; nothing, unless overridden. */
    default void stir(PosteriorState state, Scratch scratch) {}

    /** One sentence on what is not exact about the posterior; empty when in the limit of many particles all is. */
    default String bias() { return ""; }

    /** State k of {@code out} becomes that of particle chosen[k] of {@code x}. */
    default void read(Particles x, int[] chosen, Particles out, Randomness random, long step, Scratch scratch) { Chosen.copy(x, chosen, out); }

    /**
     * What a filter that moves in this way expects to be measured.
     *
     * @param chooser overwrites particles by some of the filter's
     */
    default Foresight foresight(Filter filter, int draws, MixtureForesight.Chooser chooser) { return new DrawnForesight(filter, draws); }

    default PosteriorSummary summarise(PosteriorState state, StepFacts facts, Summariser summariser, Scratch scratch) {
        return summariser.of(state.particles, state.weights, facts, scratch);
    }
}
