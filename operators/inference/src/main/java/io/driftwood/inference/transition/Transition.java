package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;

/** A Markov kernel applied to every particle of a population. Immutable and stateless: tuning and randomness are arguments. */
public interface Transition {

    /** Whether the kernel leaves the target exactly invariant, and if not what its bias is, in one sentence. */
    Exactness exactness();

    /** Acceptance rate the step size is tuned to; NaN for kernels without an accept step. */
    double targetAcceptance();

    /** A step size to start from in d dimensions, on a target whitened by the mass matrix. */
    double initialStepSize(int dimension);

    /** Adaptation stays below this. */
    default double largestStepSize(int dimension) { return 16 * initialStepSize(dimension); }

    /**
     * One transition of every particle. {@code cloud} enters and leaves with log-density and score of its positions under {@code target}.
     *
     * @param spare a place for proposals, see {@link Cloud#like}
     * @param iteration tells apart the moves of one step in the random address
     * @return the population's mean acceptance probability
     */
    double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch);

    /** @param bias empty when exact */
    record Exactness(boolean exact, String bias) {
        public static final Exactness EXACT = new Exactness(true, "");
    }
}
