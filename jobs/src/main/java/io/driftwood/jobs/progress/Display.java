package io.driftwood.jobs.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.flink.metrics.MetricConfig;

/** Where progress is shown. */
interface Display {

    void show(Snapshot snapshot);

    void close();

    static Display of(MetricConfig config) {
        String task = config.getString(ProgressOptions.TASK, "job");
        long total = config.getLong(ProgressOptions.TOTAL, ProgressOptions.UNKNOWN);
        return config.getBoolean(ProgressOptions.BAR, false)
                ? new Bar(task, total, config.getInteger(ProgressOptions.COLUMNS, 80))
                : new Lines(task, total, System.err, System::nanoTime);
    }

    /** A bar that is drawn again and again on one line. */
    final class Bar implements Display {

        private final ProgressBar bar;

        Bar(String task, long total, int columns) {
            bar = new ProgressBarBuilder().setTaskName(task).setInitialMax(total).setUnit(" rec", 1).showSpeed()
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(200).setConsumer(new ConsoleProgressBarConsumer(System.err, columns)).build();
        }

        @Override
        public void show(Snapshot snapshot) {
            bar.stepTo(snapshot.records());
            bar.setExtraMessage(" " + snapshot.health());
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** A line now and then, for logs: no control characters. */
    final class Lines implements Display {

        private static final long EVERY = Duration.ofSeconds(30).toNanos();

        private final String task;
        private final long total;
        private final PrintStream err;
        private final LongSupplier clock;
        private long last;
        private long recordsBefore;

        /** @param clock nanoseconds */
        Lines(String task, long total, PrintStream err, LongSupplier clock) {
            this.task = task;
            this.total = total;
            this.err = err;
            this.clock = clock;
            this.last = clock.getAsLong();
        }

        @Override
        public void show(Snapshot snapshot) {
            long now = clock.getAsLong();
            if (now - last >= EVERY) {
                err.println(line(snapshot, (snapshot.records() - recordsBefore) * 1e9 / (now - last)));
                last = now;
                recordsBefore = snapshot.records();
            }
        }

        private String line(Snapshot snapshot, double perSecond) {
            String rate = String.format(Locale.ROOT, "%.0f rec/s", perSecond);
            if (total == ProgressOptions.UNKNOWN) {
                return task + ": " + snapshot.records() + " records  " + rate + "  " + snapshot.health();
            }
            long left = Math.max(0, total - snapshot.records());
            String eta = perSecond > 0 ? "  eta " + Duration.ofSeconds((long) (left / perSecond)).toString().substring(2).toLowerCase(Locale.ROOT) : "";
            return String.format(Locale.ROOT, "%s %.0f%%  %d/%d  %s%s  %s", task, 100.0 * snapshot.records() / Math.max(1, total),
                    snapshot.records(), total, rate, eta, snapshot.health());
        }

        @Override
        public void close() {}
    }
}
