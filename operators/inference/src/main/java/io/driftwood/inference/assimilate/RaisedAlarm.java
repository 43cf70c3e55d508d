package io.driftwood.inference.assimilate;

/**
 * An alarm as it leaves the stream: append-only, the same in every replay. Both times are event times, so that a detection delay is their difference.
 *
 * @param seq observations assimilated for this key when it was raised
 * @param detectionTime event time of the record at which it was raised, epoch milliseconds; {@link Observation#NO_TIME} when the stream has none
 */
public record RaisedAlarm(String key, long seq, long detectionTime, Alarm alarm) {

    /** Event time from which what was noticed holds; that of the detection where nobody knows better. */
    public long eventTime() { return alarm.since() == Observation.NO_TIME ? detectionTime : alarm.since(); }
}
