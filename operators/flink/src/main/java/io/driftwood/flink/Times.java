package io.driftwood.flink;

import java.time.Instant;

/** Event times for people. */
final class Times {

    private Times() {}

    /** ISO 8601; the two ends of Flink's time in words. */
    static String text(long epochMillis) {
        if (epochMillis == Long.MIN_VALUE) {
            return "none";
        }
        return epochMillis == Long.MAX_VALUE ? "the end of the input" : Instant.ofEpochMilli(epochMillis).toString();
    }
}
