package io.driftwood.inference.assimilate;

/**
 * One record of a stream, decoded.
 *
 * @param key whose posterior it updates
 * @param eventTime epoch milliseconds; {@link #NO_TIME} when the stream has none
 * @param values the model's fields, in the model's order; NaN = missing
 * @param origin where it came from: "topic-partition" or a file's path; ties in event time are broken by (origin, offset)
 * @param offset Kafka offset or line number
 */
public record Observation(String key, long eventTime, double[] values, String origin, long offset) implements Incoming {
    public static final long NO_TIME = Long.MIN_VALUE;
}
