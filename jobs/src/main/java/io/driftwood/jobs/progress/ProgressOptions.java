package io.driftwood.jobs.progress;

import java.util.OptionalLong;
import org.apache.flink.configuration.Configuration;

/** How the command line tells the reporter, which Flink makes, what to show. */
public final class ProgressOptions {

    static final String TASK = "task";
    static final String TOTAL = "total";
    static final String BAR = "bar";
    static final String COLUMNS = "columns";
    static final long UNKNOWN = -1;

    private static final String REPORTERS = "metrics.reporters";
    private static final String PREFIX = "metrics.reporter.progress.";

    private ProgressOptions() {}

    /**
     * Adds the reporter to what the user may have configured. A bar is drawn on a terminal whose standard output goes elsewhere: the two
     * would be drawn over each other.
     *
     * @param total records to come, where that is known
     */
    public static void addTo(Configuration flink, String task, OptionalLong total) {
        String others = flink.getString(REPORTERS, "");
        flink.setString(REPORTERS, others.isEmpty() ? "progress" : others + ",progress");
        flink.setString(PREFIX + "factory.class", ProgressReporterFactory.class.getName());
        flink.setString(PREFIX + "interval", "1 s");
        flink.setString(PREFIX + TASK, task);
        flink.setString(PREFIX + TOTAL, String.valueOf(total.orElse(UNKNOWN)));
        flink.setString(PREFIX + BAR, System.getProperty("driftwood.bar", "false"));
        flink.setString(PREFIX + COLUMNS, System.getProperty("driftwood.columns", "80"));
    }
}
