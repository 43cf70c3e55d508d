package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.List;

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
}
