package io.driftwood.inference.filter;

import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;

/** How particles go from x_{t-1} to x_t when y_t is known: x_t ~ q(. | x_{t-1}, y_t), with weight g(y_t | x_t) f(x_t | x_{t-1}) / q. Owns no state. */
interface Proposal {

    /**
     * Moves x and sets logIncrement[i] to the log of that weight. Some channel of y is there.
     *
     * @param logIncrement length stride
     */
    void move(Particles x, double[] y, Moment moment, double[] logIncrement, Randomness random, long step, int iteration, Scratch scratch);

    /** Sets logPromise[i] to the log of an estimate of p(y_t | x_{t-1}), by which an auxiliary filter chooses ancestors. */
    void lookAhead(Particles x, double[] y, Moment moment, double[] logPromise, Scratch scratch);
}
