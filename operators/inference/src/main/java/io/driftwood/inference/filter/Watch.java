package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Observation;

/**
 * How often a channel's measurements fell into the central interval that was foreseen for them, and when the evidence of drift reached an alarm. At an
 * alarm the evidence starts again, so that alarms, too, come on average not before A records after one another while the filter is right.
 *
 * <p>Four numbers of a key's state; NaN or 0 in all of them is a channel of which nothing is known yet.
 */
final class Watch {

    static final int LENGTH = 4;

    private static final int SEEN = 0;
    private static final int COVERED = 1;
    private static final int ALARMS = 2;
    /** Event time of the last alarm; {@link #NOW} until that record's time is known. */
    private static final int TIME = 3;
    private static final double NOW = Double.NEGATIVE_INFINITY;

    private Watch() {}

    /**
     * @param covered whether the measurement fell into the interval
     * @param evidence of drift, the measurement included
     * @param limit A; infinite for no alarms
     * @return whether this is an alarm
     */
    static boolean observe(boolean covered, double evidence, double limit, double[] state, int offset) {
        if (!(state[offset + SEEN] > 0)) {
            state[offset + SEEN] = 0;
            state[offset + COVERED] = 0;
            state[offset + ALARMS] = 0;
            state[offset + TIME] = Double.NaN;
        }
        state[offset + SEEN]++;
        state[offset + COVERED] += covered ? 1 : 0;
        if (evidence < limit) {
            return false;
        }
        state[offset + ALARMS]++;
        state[offset + TIME] = NOW;
        return true;
    }

    /** Tells the event time of the record that was the last one so far. */
    static void settle(long clock, double[] state, int offset) { state[offset + TIME] = alarmTime(clock, state, offset); }

    /** Share of the measurements so far. */
    static double coverage(double[] state, int offset) { return state[offset + COVERED] / state[offset + SEEN]; }

    /** Standard error of the share, were it p. */
    static double coverageError(double p, double[] state, int offset) { return Math.sqrt(p * (1 - p) / state[offset + SEEN]); }

    static double alarms(double[] state, int offset) { return state[offset + SEEN] > 0 ? state[offset + ALARMS] : 0; }

    static boolean isNow(double[] state, int offset) { return state[offset + TIME] == NOW; }

    /** Event time of the last alarm, in epoch milliseconds; NaN when there was none, or when events have no time. */
    static double alarmTime(long clock, double[] state, int offset) {
        if (!(state[offset + ALARMS] > 0)) {
            return Double.NaN;
        }
        return !isNow(state, offset) ? state[offset + TIME] : clock == Observation.NO_TIME ? Double.NaN : clock;
    }
}
