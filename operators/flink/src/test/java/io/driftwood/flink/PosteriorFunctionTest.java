package io.driftwood.flink;

import static io.driftwood.flink.Streams.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.flink.PosteriorOptions.LatePolicy;
import io.driftwood.flink.PosteriorOptions.Order;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.summary.PosteriorSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PosteriorFunctionTest {

    private static final PosteriorOptions DEFAULTS = PosteriorOptions.defaults();

    private static OperatorRun run(PosteriorOptions options, Backend backend) throws Exception {
        return new OperatorRun(DriftingPosterior::new, options, backend, 1);
    }

    private static List<String> told(OperatorRun run) {
        return run.summaries().stream().map(s -> s.key() + " " + s.seq() + " @" + s.eventTime()).toList();
    }

    private static List<String> reasons(List<SetAside> records) {
        return records.stream().map(r -> r.fate() + " " + r.observation().offset() + ": " + r.reason()).toList();
    }

    private static void assertBooks(OperatorRun run, long assimilated, long late, long rejected) {
        assertThat(List.of(run.accumulated("assimilated"), run.accumulated("late"), run.accumulated("rejected")))
                .isEqualTo(List.of(assimilated, late, rejected));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void observationsOfAKey_areAssimilatedInOrderOfEventTimeUpToTheWatermark(Backend backend) throws Exception {
        try (OperatorRun run = run(DEFAULTS, backend)) {
            run.feedAll(List.of(at("a", 30, 1, 0), at("a", 10, 1, 1), at("b", 20, 1, 2), at("a", 20, 1, 3)));
            assertThat(told(run)).isEmpty();
            run.feed(20L);
            assertThat(told(run)).containsExactlyInAnyOrder("a 1 @10", "a 2 @20", "b 1 @20");
            run.feed(Streams.END);
            assertThat(told(run)).hasSize(4).endsWith("a 3 @30");
        }
    }

    /** Between two watermarks the order of arrival is chance; neither it nor which file or partition was first may show. */
    @ParameterizedTest
    @EnumSource(Backend.class)
    void orderOfArrival_doesNotShow(Backend backend) throws Exception {
        List<Observation> events = new ArrayList<>();
        for (int n = 0; n < 24; n++) {
            events.add(new Observation("a", 10 + n / 4, new double[] {Math.sin(n)}, "topic-" + n % 2, n / 2));
        }
        Object expected = null;
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(events, new Random(seed));
            try (OperatorRun run = run(DEFAULTS, backend)) {
                run.feedAll(events);
                run.feed(Streams.END);
                expected = expected == null ? run.outputs() : expected;
                assertThat(run.outputs()).as("shuffle %d", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void anObservationAtTheWatermark_isLate_andOneAfterItIsNot() throws Exception {
        try (OperatorRun run = run(DEFAULTS, Backend.HEAP)) {
            run.feedAll(List.of(at("a", 100, 1, 0), 100L, at("a", 100, 1, 1), at("b", 99, 1, 2), at("a", 101, 1, 3), Streams.END));

            assertThat(told(run)).containsExactly("a 1 @100", "a 2 @101");
            assertThat(reasons(run.setAside(PosteriorFunction.LATE))).containsExactly(
                    "late 1: its event time is not after the watermark 1970-01-01T00:00:00.100Z",
                    "late 2: its event time is not after the watermark 1970-01-01T00:00:00.100Z");
            assertBooks(run, 2, 2, 0);
        }
    }

    @Test
    void aRestart_doesNotLetInWhatWasLateBefore() throws Exception {
        try (OperatorRun run = run(DEFAULTS, Backend.HEAP)) {
            run.feedAll(List.of(at("a", 100, 1, 0), 100L));
            run.restartAt(3);
            run.feedAll(List.of(at("a", 50, 1, 1), at("b", 60, 1, 2), at("b", 110, 1, 3)));

            assertThat(run.setAside(PosteriorFunction.LATE)).hasSize(2);
            run.feed(Streams.END);
            assertThat(told(run)).containsExactly("b 1 @110");
        }
    }

    @Test
    void theEndOfOneInput_doesNotMakeTheNextOneLate() throws Exception {
        try (OperatorRun run = run(DEFAULTS, Backend.HEAP)) {
            run.feedAll(List.of(at("a", 100, 1, 0), 100L, Streams.END));
            run.restartAt(1);
            run.feedAll(List.of(at("a", 200, 1, 1), Streams.END));

            assertThat(told(run)).containsExactly("a 2 @200");
        }
    }

    @Test
    void lateObservations_areAssimilatedAtOnceWhereThePolicySaysSo() throws Exception {
        try (OperatorRun run = run(DEFAULTS.withLate(LatePolicy.ASSIMILATE), Backend.HEAP)) {
            run.feedAll(List.of(at("a", 100, 1, 0), 100L, at("a", 50, 1, 1)));

            assertThat(told(run)).containsExactly("a 1 @100", "a 2 @50");
            assertBooks(run, 2, 0, 0);
        }
    }

    @Test
    void inOrderOfArrival_nothingWaitsAndNothingIsLate() throws Exception {
        try (OperatorRun run = run(DEFAULTS.withOrder(Order.ARRIVAL), Backend.HEAP)) {
            run.feedAll(List.of(at("a", 100, 1, 0), 1000L, at("a", 50, 1, 1), at("a", Observation.NO_TIME, 1, 2)));

            assertThat(told(run)).containsExactly("a 1 @100", "a 2 @50", "a 3 @" + Observation.NO_TIME);
            assertThat(run.eventTimeTimers()).isZero();
            assertBooks(run, 3, 0, 0);
        }
    }

    @Test
    void withoutATime_thereIsNoPlaceInTheOrder() throws Exception {
        try (OperatorRun run = run(DEFAULTS, Backend.HEAP)) {
            run.feedAll(List.of(at("a", Observation.NO_TIME, 1, 0), Streams.END));

            assertThat(reasons(run.setAside(PosteriorFunction.REJECTED)))
                    .containsExactly("rejected 0: it has no event time, and observations are assimilated in order of event time");
            assertBooks(run, 0, 0, 1);
        }
    }

    @Test
    void aRefusedObservation_isSetAsideAndItsKeyAndTheOthersGoOn() throws Exception {
        try (OperatorRun run = run(DEFAULTS, Backend.HEAP)) {
            run.feedAll(List.of(at("a", 1, 1, 0), at("a", 2, Double.POSITIVE_INFINITY, 1), at("b", 2, 1, 2), at("a", 3, 1, 3), Streams.END));

            assertThat(told(run)).containsExactlyInAnyOrder("a 1 @1", "b 1 @2", "a 2 @3");
            assertThat(reasons(run.setAside(PosteriorFunction.REJECTED))).containsExactly("rejected 1: y is Infinity");
            assertBooks(run, 3, 0, 1);
        }
    }

    @Test
    void aMissingValue_isAssimilatedAndSaidToBeMissing() throws Exception {
        try (OperatorRun run = run(DEFAULTS, Backend.HEAP)) {
            run.feedAll(List.of(at("a", 1, 1, 0), at("a", 2, Double.NaN, 1), Streams.END));

            assertThat(run.summaries()).extracting(PosteriorSummary::missing).containsExactly(false, true);
            assertBooks(run, 2, 0, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anIdleKey_isForgotten_andABusyOneIsNot(Backend backend) throws Exception {
        try (OperatorRun run = run(DEFAULTS.withForgetAfter(Duration.ofMillis(800)), backend)) {
            for (long time = 1000; time <= 5000; time += 500) {
                run.feed(at("busy", time, 1, time));
            }
            run.feedAll(List.of(at("idle", 1000, 1, 0), 5000L, at("idle", 6000, 1, 1), at("busy", 5600, 1, 2), 6000L));

            assertThat(told(run)).contains("idle 1 @1000", "idle 1 @6000", "busy 9 @5000", "busy 10 @5600");
            run.feed(20_000L);
            assertThat(run.eventTimeTimers()).isZero();
        }
    }

    @Test
    void aForgottenKey_leavesNothingBehind() throws Exception {
        try (OperatorRun run = run(DEFAULTS.withForgetAfter(Duration.ofMillis(800)).withEmitEvery(2), Backend.HEAP)) {
            run.feedAll(List.of(at("a", 1000, 1, 0), at("b", 1000, Double.NaN, 0), 1000L));
            assertThat(run.keyedStateEntries()).isPositive();
            run.feed(5000L);
            assertThat(run.keyedStateEntries()).isZero();
        }
    }

    /** Forgotten between once and 9/8 of the time to live: never before, and at the latest then. */
    @Test
    void aKeyIsForgotten_inTime() throws Exception {
        for (long last : new long[] {1000, 1001, 1037, 1099, 1100}) {
            try (OperatorRun run = run(DEFAULTS.withForgetAfter(Duration.ofMillis(800)), Backend.HEAP)) {
                run.feedAll(List.of(at("a", last, 1, 0), last + 799));
                assertThat(run.keyedStateEntries()).as("last seen %d", last).isPositive();
                run.feed(last + 900);
                assertThat(run.keyedStateEntries()).as("last seen %d", last).isZero();
            }
        }
    }

    @Test
    void aKeyWithRefusedObservationsOnly_isForgottenToo() throws Exception {
        try (OperatorRun run = run(DEFAULTS.withForgetAfter(Duration.ofMillis(800)), Backend.HEAP)) {
            run.feedAll(List.of(at("a", 1000, Double.POSITIVE_INFINITY, 0), 1000L));
            assertThat(run.keyedStateEntries()).isPositive();
            run.feed(3000L);
            assertThat(run.keyedStateEntries()).isZero();
        }
    }

    @Test
    void theEndOfTheInput_isNoPassingOfTime() throws Exception {
        try (OperatorRun run = run(DEFAULTS.withForgetAfter(Duration.ofMillis(800)), Backend.HEAP)) {
            run.feedAll(List.of(at("a", 1000, 1, 0), Streams.END));
            assertThat(run.keyedStateEntries()).isPositive();
        }
    }

    @Test
    void inOrderOfArrival_idlenessIsMeasuredByTheClockOnTheWall() throws Exception {
        try (OperatorRun run = run(DEFAULTS.withOrder(Order.ARRIVAL).withForgetAfter(Duration.ofMillis(800)), Backend.HEAP)) {
            run.setProcessingTime(10_000);
            run.feed(at("a", 1, 1, 0));
            run.setProcessingTime(10_799);
            run.feed(at("a", 2, 1, 1));
            run.setProcessingTime(11_500);
            run.feed(at("a", 3, 1, 2));
            run.setProcessingTime(12_500);
            run.feed(at("a", 4, 1, 3));

            assertThat(told(run)).containsExactly("a 1 @1", "a 2 @2", "a 3 @3", "a 1 @4");
        }
    }

    @Test
    void everyNthStepIsTold_andTheLastOneOfEachKey() throws Exception {
        try (OperatorRun run = run(DEFAULTS.withEmitEvery(3), Backend.HEAP)) {
            for (int n = 1; n <= 7; n++) {
                run.feed(at("a", n, 1, n));
            }
            run.feedAll(List.of(at("b", 8, 1, 8), at("c", 1, 1, 1), at("c", 2, 1, 2), at("c", 3, 1, 3), Streams.END));

            assertThat(told(run)).containsExactlyInAnyOrder("a 3 @3", "a 6 @6", "a 7 @7", "b 1 @8", "c 3 @3");
        }
    }

    /** A summary that is sent later must be the one that would have been sent at once. */
    @Test
    void aDelayedSummary_isTheSame() throws Exception {
        List<Object> events = List.of(at("a", 1, 0.5, 0), at("a", 2, 2.5, 1), Streams.END);
        try (OperatorRun delayed = run(DEFAULTS.withEmitEvery(100), Backend.ROCKSDB); OperatorRun atOnce = run(DEFAULTS, Backend.ROCKSDB)) {
            delayed.feedAll(events);
            atOnce.feedAll(events);
            List<String> all = atOnce.outputs().get("summary of a");
            assertThat(delayed.outputs().get("summary of a")).isEqualTo(all.subList(1, 2));
        }
    }

    @Test
    void aForgottenKey_hasItsLastSummaryFirst() throws Exception {
        try (OperatorRun run = run(DEFAULTS.withEmitEvery(100).withForgetAfter(Duration.ofMillis(800)), Backend.HEAP)) {
            run.feedAll(List.of(at("a", 1000, 1, 0), at("a", 1001, 1, 1), 5000L));
            assertThat(told(run)).containsExactly("a 2 @1001");
        }
    }

    @Test
    void aProgrammingError_namesKeyEventTimeOperatorAndRecord() throws Exception {
        PosteriorSupplier broken = () -> new BrokenPosterior(new DriftingPosterior());
        try (OperatorRun run = new OperatorRun(broken, DEFAULTS.withOrder(Order.ARRIVAL), Backend.HEAP, 1)) {
            assertThatThrownBy(() -> run.feed(at("pump-7", 1_700_000_000_000L, 1, 42)))
                    .hasMessageContaining("key 'pump-7'").hasMessageContaining("2023-11-14T22:13:20Z")
                    .hasMessageContaining("MockTask").hasMessageContaining("topic-0@42").hasRootCauseMessage("division by zero");
        }
    }

    @Test
    void optionsThatMeanNothing_areRefused() {
        assertThatThrownBy(() -> DEFAULTS.withEmitEvery(0)).hasMessageContaining("emitEvery is 0");
        assertThatThrownBy(() -> DEFAULTS.withForgetAfter(Duration.ofSeconds(-1))).hasMessageContaining("forgetAfter is PT-1S");
    }
}
