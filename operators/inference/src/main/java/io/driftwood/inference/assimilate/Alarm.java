package io.driftwood.inference.assimilate;

import java.util.Objects;

/**
 * Something a step noticed that people should know: a fact, never taken back. Whose it is and at which record it was noticed is said by
 * {@link RaisedAlarm}.
 *
 * @param kind what has been noticed, such as "drift"; one word for one test
 * @param channel of which measurement; empty when it is about the whole record
 * @param since event time from which what was noticed is thought to hold, epoch milliseconds; {@code Observation.NO_TIME} when that is not known
 * @param statistic what the test had come to
 * @param bound what it had to reach
 * @param message the same for people, in one sentence
 */
public record Alarm(String kind, String channel, long since, double statistic, double bound, String message) {

    public Alarm {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(message, "message");
    }
}
