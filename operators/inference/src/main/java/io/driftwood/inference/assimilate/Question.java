package io.driftwood.inference.assimilate;

import java.util.Objects;

/**
 * Something asked of one key's posterior. It is answered from all records of the key up to its event time, and changes nothing.
 *
 * @param id what the answer is to be known by
 * @param values the numbers asked about, in the order of {@link SequentialPosterior#asks()}: covariates of a response, or how far ahead to look; NaN = missing
 */
public record Question(String key, long eventTime, String id, double[] values, String origin, long offset) implements Incoming {

    public Question {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(values, "values");
    }
}
