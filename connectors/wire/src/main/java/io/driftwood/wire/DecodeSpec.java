package io.driftwood.wire;

import java.io.Serializable;
import java.util.List;

/**
 * Where in a record an observation is found.
 *
 * @param fields names of the numbers, in the order of {@code Observation.values}
 * @param key whose posterior the record updates
 * @param time when it happened
 */
public record DecodeSpec(List<String> fields, KeySource key, TimeSource time) implements Serializable {

    public DecodeSpec {
        fields = List.copyOf(fields);
    }

    public sealed interface KeySource extends Serializable {
        /** The text, number or truth value of a field, as text. */
        record Field(String name) implements KeySource {}

        /** One posterior for the whole stream. */
        record Constant(String key) implements KeySource {}

        /** The key of the Kafka record, UTF-8. */
        record OfRecord() implements KeySource {}
    }

    public sealed interface TimeSource extends Serializable {
        record Field(String name, TimeFormat format) implements TimeSource {}

        /** The Kafka record's timestamp. */
        record OfRecord() implements TimeSource {}

        /** The stream has no event time: observations count in the order in which they arrive. */
        record None() implements TimeSource {}
    }
}
