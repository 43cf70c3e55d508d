package io.driftwood.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

class DisplayTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long now;

    private Display.Lines lines(long total) {
        return new Display.Lines("replay", total, new PrintStream(out, true, StandardCharsets.UTF_8), () -> now);
    }

    private static Snapshot at(long records) {
        return new Snapshot(records, 0, 1, 2, 0.43, 0.58);
    }

    @Test
    void aLineEveryThirtySeconds_withoutControlCharacters() {
        Display.Lines lines = lines(29_700);
        for (int second = 0; second <= 61; second++) {
            now = TimeUnit.SECONDS.toNanos(second);
            lines.show(at(100L * second));
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly(
                "replay 10%  3000/29700  100 rec/s  eta 4m27s  ESS min 0.43  acc 0.58  late 1  bad 2",
                "replay 20%  6000/29700  100 rec/s  eta 3m57s  ESS min 0.43  acc 0.58  late 1  bad 2");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\r").doesNotContain("\u001b");
    }

    @Test
    void withoutAKnownLengthThereIsNoPercentage() {
        Display.Lines lines = lines(ProgressOptions.UNKNOWN);
        now = TimeUnit.SECONDS.toNanos(30);
        lines.show(new Snapshot(60, 6, 0, 0, Double.NaN, Double.NaN));
        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("replay: 60 records  2 rec/s  ESS min -  acc -  late 0  bad 0  waiting 6");
    }

    @Test
    void countsAreSummedOverSubtasks_andDoNotFallWhenOneEnds() {
        ProgressReporter reporter = new ProgressReporter();
        SimpleCounter one = new SimpleCounter();
        SimpleCounter two = new SimpleCounter();
        reporter.notifyOfAddedMetric(one, "records-in", null);
        reporter.notifyOfAddedMetric(two, "records-in", null);
        reporter.notifyOfAddedMetric(new SimpleCounter(), "numRecordsIn", null);
        one.inc(3);
        two.inc(4);
        assertThat(reporter.snapshot().records()).isEqualTo(7);
        reporter.notifyOfRemovedMetric(one, "records-in", null);
        assertThat(reporter.snapshot().records()).isEqualTo(7);
    }
}
