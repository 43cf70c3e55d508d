package io.driftwood.inference.learned;

import io.driftwood.inference.numeric.Scratch;
import java.util.List;
import java.util.Optional;

/**
 * Learns from records of a training stream, one after another in order of event time, something that others use. What it knows is the state and
 * nothing else, so that a restart changes no bit. Serves one stream at a time and is not safe to share between threads.
 */
public interface Learner {

    /** Names of the numbers a training record must carry, in order. */
    List<String> fields();

    /**
     * Whether it has no training stream but learns from how far the job's own records move their posteriors: then every record is the values of one far step.
     */
    default boolean fromFarSteps() { return false; }

    /** What is known before the first record. */
    double[] start();

    /**
     * Learns from one record. May overwrite {@code state} or give another array in place of it, of any length.
     *
     * @param values in the order of {@link #fields()}; finite
     * @return what is known now
     */
    double[] learn(double[] state, double[] values, Scratch scratch);

    /** What has been learned so far, its numbers its own; empty while that is not enough to be of use. */
    Optional<Learned> snapshot(double[] state, long version, long eventTime);
}
