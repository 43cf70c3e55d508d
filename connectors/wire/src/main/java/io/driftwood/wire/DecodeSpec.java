package io.driftwood.wire;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What a record is, and where in it that is found.
 *
 * @param fields names of the numbers, in the order of {@code Observation.values} or {@code Question.values}
 * @param key whose posterior the record updates
 * @param time when it happened
 * @param content what records are; of something learned nothing else is asked, it has a form of its own
 */
public record DecodeSpec(List<String> fields, KeySource key, TimeSource time, Content content) implements Serializable {

    public DecodeSpec {
        fields = List.copyOf(fields);
    }

    /** Of observations. */
    public DecodeSpec(List<String> fields, KeySource key, TimeSource time) {
        this(fields, key, time, new Content.Observations());
    }

    /** Of records that are something learned. */
    public static DecodeSpec learned() {
        return new DecodeSpec(List.of(), new KeySource.Constant(""), new TimeSource.None(), new Content.Learned());
    }

    public sealed interface Content extends Serializable {
        record Observations() implements Content {}

        /** @param field with what the answer is to be known by; empty for where the record stands */
        record Questions(String field) implements Content {
            public Optional<String> id() {
                return field.isEmpty() ? Optional.empty() : Optional.of(field);
            }
        }

        /** {@code driftwood/learned/v1} */
        record Learned() implements Content {}
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
