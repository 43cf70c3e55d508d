package io.driftwood.jobs.tune;

import io.driftwood.inference.variational.Bound;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Where tuning shows how far it is. */
public interface TuningDisplay extends AutoCloseable {

    /** Nanoseconds between two showings: each costs as much as a judgement of tuning. */
    long every();

    void show(int iteration, Bound bound, int recoveries);

    @Override
    void close();

    /** A bar on a terminal, lines elsewhere. */
    static TuningDisplay of(int iterations, int begun, PrintWriter err) {
        return Boolean.getBoolean("driftwood.bar")
                ? new Bar(iterations, begun, Integer.getInteger("driftwood.columns", 80)) : new Lines(iterations, begun, err, System::nanoTime);
    }

    /** "ELBO -111.72 ± 0.02": by paths that had no part in tuning. */
    static String words(Bound bound) {
        return String.format(Locale.ROOT, "ELBO %.3f ± %.3f", bound.mean(), bound.standardError());
    }

    private static String health(Bound bound, int recoveries) {
        return words(bound) + (recoveries > 0 ? "  recoveries " + recoveries : "");
    }

    /** A bar that is drawn again and again on one line. */
    final class Bar implements TuningDisplay {

        private final ProgressBar bar;

        Bar(int iterations, int begun, int columns) {
            bar = new ProgressBarBuilder().setTaskName("tune").setInitialMax(iterations).startsFrom(begun, Duration.ZERO).setUnit(" it", 1).showSpeed()
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK).setUpdateIntervalMillis(200)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, columns)).build();
        }

        @Override
        public long every() {
            return Duration.ofSeconds(1).toNanos();
        }

        @Override
        public void show(int iteration, Bound bound, int recoveries) {
            bar.stepTo(iteration);
            bar.setExtraMessage(" " + health(bound, recoveries));
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** A line now and then, for logs: no control characters. */
    final class Lines implements TuningDisplay {

        private final int iterations;
        private final int begun;
        private final PrintWriter err;
        private final LongSupplier clock;
        private final long start;

        /** @param clock nanoseconds */
        Lines(int iterations, int begun, PrintWriter err, LongSupplier clock) {
            this.iterations = iterations;
            this.begun = begun;
            this.err = err;
            this.clock = clock;
            this.start = clock.getAsLong();
        }

        @Override
        public long every() {
            return Duration.ofSeconds(30).toNanos();
        }

        @Override
        public void show(int iteration, Bound bound, int recoveries) {
            double perSecond = (iteration - begun) * 1e9 / Math.max(1, clock.getAsLong() - start);
            String eta = perSecond > 0
                    ? "  eta " + Duration.ofSeconds((long) ((iterations - iteration) / perSecond)).toString().substring(2).toLowerCase(Locale.ROOT) : "";
            err.println(String.format(Locale.ROOT, "tune %.0f%%  %d/%d%s  %s", 100.0 * iteration / iterations, iteration, iterations, eta, health(bound, recoveries)));
            err.flush();
        }

        @Override
        public void close() {}
    }
}
