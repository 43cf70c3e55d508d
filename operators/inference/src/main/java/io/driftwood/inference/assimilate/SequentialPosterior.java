package io.driftwood.inference.assimilate;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.List;
import java.util.Set;

/**
 * The recursion from an observation to a posterior: the same code in a plain {@code main}, a unit test, a replay and a Flink
 * operator, with the same bits. The answer is a function of the saved state, the observation and nothing else.
 *
 * <p>One instance serves many keys, one at a time: it owns reusable buffers and is not safe to share between threads.
 */
public interface SequentialPosterior {

    /** Names of the numbers an observation must carry, in order. */
    List<String> fields();

    /** The state of a key before its first observation. */
    PosteriorState start(String key);

    /** Advances one key's posterior by one observation. Overwrites {@code state}. */
    StepInfo step(PosteriorState state, Observation y, Scratch scratch);

    /** What to tell people after the step. Reads, never changes, the state. */
    PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch);

    /** Which of {@link SamplerOptions#OPTIONS} the answers depend on. */
    default Set<String> samplerOptions() { return SamplerOptions.MOVING; }

    /** Names of the numbers a question must carry, in order. */
    default List<String> asks() { return List.of(); }

    /** What the posterior says to a question, or why it says nothing. Reads, never changes, the state; also one that has just been started. */
    default Answer answer(PosteriorState state, Question question, Scratch scratch) {
        return Answer.refused(question, state.assimilated, "this posterior answers no questions");
    }

    /**
     * A recursion of its own that has something learned in place of what this one had. Both advance the same states.
     *
     * @throws Learned.UnfitException with the reason when it does not fit
     */
    default SequentialPosterior with(Learned learned) {
        throw new Learned.UnfitException(learned, "is of no use to this posterior, which learns nothing from elsewhere");
    }
}
