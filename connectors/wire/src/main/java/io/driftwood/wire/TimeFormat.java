package io.driftwood.wire;

import java.io.Serializable;

/** How a time is written; what names no zone is UTC. */
public sealed interface TimeFormat extends Serializable {

    /** Whole milliseconds since 1970. */
    record EpochMillis() implements TimeFormat {}

    /** Seconds since 1970, fractions allowed; rounded to the nearest millisecond. */
    record EpochSeconds() implements TimeFormat {}

    /** ISO-8601 date and time, with or without an offset: {@code 1986-01-28T16:39:13Z}. */
    record Iso() implements TimeFormat {}

    /** ISO-8601 date, taken at midnight UTC: {@code 1986-01-28}. */
    record Date() implements TimeFormat {}

    /** Letters of {@link java.time.format.DateTimeFormatter}: {@code dd.MM.uuuu HH:mm}. */
    record Pattern(String letters) implements TimeFormat {
        /** Throws {@link IllegalArgumentException} when the letters are no pattern. */
        public Pattern {
            TimeReader.strict(letters);
        }
    }
}
