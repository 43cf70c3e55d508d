package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Target;

/**
 * A Markov kernel applied to every particle of a population. Immutable and stateless: tuning and randomness are arguments.
 *
 * <p>A population is taken up by {@link Cloud#over}, an evaluation of the target, and one {@link #refresh}; then it is moved.
 */
public interface Transition {

    /** Whether the kernel leaves the target exactly invariant, and if not what its bias is, in one sentence. */
    Exactness exactness();

    /** Which targets it moves on. */
    default Domain domain() { return Domain.REAL; }

    /**
     * Columns of auxiliary variables, such as momenta, that are carried from move to move besides the positions. Momenta are those of the
     * whitened coordinates u = L^-1 x: unit mass there is the mass matrix C^-1.
     */
    default int auxiliaries(int dimension) { return 0; }

    /** Draws the auxiliary variables from their law given the positions. For momenta that law does not depend on the target, so none is due when the target changes. */
    default void refresh(Cloud cloud, Target target, Tuning tuning, Randomness random, long step, int iteration, Scratch scratch) {}

    /** Whether {@link #move} leaves density and score evaluated. Where not, they are NaN afterwards, moves do not read them, and whoever wants them evaluates the target. */
    default boolean evaluates() { return true; }

    /** Acceptance rate the step size is tuned to; NaN for kernels without an accept step. */
    double targetAcceptance();

    /** A step size to start from in d dimensions, on a target whitened by the mass matrix. */
    double initialStepSize(int dimension);

    /** Adaptation stays below this. */
    default double largestStepSize(int dimension) { return 16 * initialStepSize(dimension); }

    /**
     * One transition of every particle. {@code cloud} enters and leaves with log-density and score of its positions under {@code target}, unless
     * the kernel does not {@link #evaluates evaluate} them.
     *
     * @param spare a place for proposals, see {@link Cloud#like}
     * @param iteration tells apart the moves of one step in the random address
     * @return the population's mean acceptance probability; of a kernel without an accept step, the share of particles whose move was finite
     */
    double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch);

    /** @param bias one sentence, empty when exact */
    record Exactness(boolean exact, String bias) {
        public static final Exactness EXACT = new Exactness(true, "");

        public static Exactness biased(String bias) { return new Exactness(false, bias); }
    }
}
