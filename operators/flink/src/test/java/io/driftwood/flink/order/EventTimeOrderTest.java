package io.driftwood.flink.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.flink.type.PosteriorSummarySerializer;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class EventTimeOrderTest {

    private static PosteriorSummary summary(String key, long seq, long eventTime) {
        return new PosteriorSummary("job", key, seq, eventTime, new double[0], new Quantity[0], new Quantity[0], 0, 0, 0, "exact", 1, 1, 1, 0, 0,
                false, 0, false, "running", "", null);
    }

    private static OneInputStreamOperatorTestHarness<PosteriorSummary, PosteriorSummary> harness(OperatorSubtaskState saved) throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<PosteriorSummary, PosteriorSummary>(EventTimeOrder.ofSummaries());
        harness.setup(new PosteriorSummarySerializer());
        if (saved != null) {
            harness.initializeState(saved);
        }
        harness.open();
        return harness;
    }

    private static List<String> names(List<PosteriorSummary> summaries) {
        return summaries.stream().map(s -> s.eventTime() + " " + s.key() + " " + s.seq()).toList();
    }

    @Test
    void anyArrival_leavesInOrderOfEventTimeKeyAndSequence() throws Exception {
        List<PosteriorSummary> ordered = List.of(summary("a", 1, 10), summary("a", 2, 10), summary("b", 1, 10), summary("b", 2, 20),
                summary("a", 3, 30), summary("c", 1, 30));
        for (int seed = 0; seed < 20; seed++) {
            List<PosteriorSummary> shuffled = new ArrayList<>(ordered);
            Collections.shuffle(shuffled, new Random(seed));
            try (var harness = harness(null)) {
                for (PosteriorSummary summary : shuffled) {
                    harness.processElement(summary, 0);
                }
                harness.processWatermark(Long.MAX_VALUE);
                assertThat(names(harness.extractOutputValues())).as("shuffle %d", seed).isEqualTo(names(ordered));
            }
        }
    }

    @Test
    void nothingLeavesBeforeTheWatermark_andWhatWaitsSurvivesARestart() throws Exception {
        OperatorSubtaskState saved;
        try (var harness = harness(null)) {
            harness.processElement(summary("a", 2, 30), 0);
            harness.processElement(summary("a", 1, 20), 0);
            harness.processWatermark(20);
            assertThat(names(harness.extractOutputValues())).containsExactly("20 a 1");
            saved = harness.snapshot(1, 1);
        }
        try (var harness = harness(saved)) {
            harness.processElement(summary("b", 1, 25), 0);
            harness.processWatermark(Long.MAX_VALUE);
            assertThat(names(harness.extractOutputValues())).containsExactly("25 b 1", "30 a 2");
        }
    }

    @Test
    void whatCannotBeOrdered_leavesWithTheNextWatermark() throws Exception {
        try (var harness = harness(null)) {
            harness.processWatermark(100);
            harness.processElement(summary("a", 1, Observation.NO_TIME), 0);
            harness.processElement(summary("a", 2, 90), 0);
            harness.processWatermark(101);
            assertThat(names(harness.extractOutputValues())).containsExactly(Observation.NO_TIME + " a 1", "90 a 2");
        }
    }
}
