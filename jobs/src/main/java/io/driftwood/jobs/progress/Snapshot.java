package io.driftwood.jobs.progress;

import java.util.Locale;

/**
 * How far a job has got, as its metrics say at one moment.
 *
 * @param waiting observations held until the watermark passes them; many of them, and no summaries, mean that a partition is silent
 * @param essShare smallest effective sample size of the recent steps, as a share of the particles; NaN before the first
 * @param acceptance mean acceptance probability of the recent moves; NaN before the first
 */
record Snapshot(long records, long waiting, long late, long bad, double essShare, double acceptance) {

    /** The numbers that say whether to go on waiting. */
    String health() {
        return String.format(Locale.ROOT, "ESS min %s  acc %s  late %d  bad %d%s", share(essShare), share(acceptance), late, bad,
                waiting > 0 ? "  waiting " + waiting : "");
    }

    private static String share(double x) {
        return x == x ? String.format(Locale.ROOT, "%.2f", x) : "-";
    }
}
