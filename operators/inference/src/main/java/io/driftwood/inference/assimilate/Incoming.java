package io.driftwood.inference.assimilate;

/** What comes to a key in order of event time: something observed, or something asked. At equal times what is observed comes first. */
public sealed interface Incoming permits Observation, Question {

    String key();

    /** Epoch milliseconds; {@link Observation#NO_TIME} when the stream has none. */
    long eventTime();

    /** Where it came from: "topic-partition" or a file's path; ties in event time are broken by (origin, offset). */
    String origin();

    /** Kafka offset or line number. */
    long offset();
}
