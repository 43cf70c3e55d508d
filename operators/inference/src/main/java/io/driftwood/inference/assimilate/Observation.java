package io.driftwood.inference.assimilate;

/**
 * One record of a stream, decoded.
 *
 * @param key whose posterior it updates
 * @param eventTime epoch milliseconds; {@link #NO_TIME} when the stream has none
 * @param values the model's fields, in the model's order; NaN = missing
 */
public record Observation(String key, long eventTime, double[] values) {
    public static final long NO_TIME = Long.MIN_VALUE;
}
