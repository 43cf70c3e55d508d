package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Observation;
import java.util.Arrays;

/**
 * How well a channel's probability integral transforms have been uniform so far, and when the evidence of drift reached an alarm. While a filter is
 * right, of n measurements
 * <pre>
 *   coverage     share in the central interval p that was foreseen: p, give or take sqrt(p (1 - p) / n)
 *   pit mean     1/2, give or take 1 / sqrt(12 n); higher when measurements come out higher than foreseen
 *   pit spread   sqrt(12 mean (u - 1/2)^2): 1, give or take 1 / sqrt(5 n); higher when what was foreseen was too narrow
 * </pre>
 * At an alarm the evidence starts again, so that alarms, too, come on average not before A records after one another while the filter is right.
 *
 * <p>Six numbers of a key's state; NaN or 0 in all of them is a channel of which nothing is known yet.
 */
final class Watch {

    static final int LENGTH = 6;

    private static final int SEEN = 0;
    private static final int COVERED = 1;
    private static final int ALARMS = 2;
    /** Event time of the last alarm; {@link #NOW} until that record's time is known. */
    private static final int TIME = 3;
    private static final int SUM = 4;
    private static final int SQUARES = 5;
    private static final double NOW = Double.NEGATIVE_INFINITY;

    private Watch() {}

    /**
     * @param pit the measurement's transform
     * @param covered whether the measurement fell into the interval
     * @param evidence of drift, the measurement included
     * @param limit A; infinite for no alarms
     * @return whether this is an alarm
     */
    static boolean observe(double pit, boolean covered, double evidence, double limit, double[] state, int offset) {
        if (!(state[offset + SEEN] > 0)) {
            Arrays.fill(state, offset, offset + LENGTH, 0.0);
            state[offset + TIME] = Double.NaN;
        }
        state[offset + SEEN]++;
        state[offset + COVERED] += covered ? 1 : 0;
        state[offset + SUM] += pit - 0.5;
        state[offset + SQUARES] += (pit - 0.5) * (pit - 0.5);
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

    static double pitMean(double[] state, int offset) { return 0.5 + state[offset + SUM] / state[offset + SEEN]; }

    static double pitMeanError(double[] state, int offset) { return 1 / Math.sqrt(12 * state[offset + SEEN]); }

    static double pitSpread(double[] state, int offset) { return Math.sqrt(12 * state[offset + SQUARES] / state[offset + SEEN]); }

    /** var (u - 1/2)^2 = 1/180, so that 12 times their mean has error sqrt(4/(5n)), and its root half of it. */
    static double pitSpreadError(double[] state, int offset) { return 1 / Math.sqrt(5 * state[offset + SEEN]); }

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
