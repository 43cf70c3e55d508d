package io.driftwood.flink.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.flink.Backend;
import io.driftwood.flink.type.PosteriorSummarySerializer;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTimeOrderTest {

    private static PosteriorSummary summary(String key, long seq, long eventTime) {
        return new PosteriorSummary("job", key, seq, eventTime, new double[0], new Quantity[0], new Quantity[0], 0, 0, 0, "exact", 1, 1, 1, 0, 0,
                false, 0, false, "running", "", null);
    }

    private static KeyedOneInputStreamOperatorTestHarness<Integer, PosteriorSummary, PosteriorSummary> harness(
            Backend backend, OperatorSubtaskState saved) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<Integer, PosteriorSummary, PosteriorSummary>(
                new KeyedProcessOperator<>(EventTimeOrder.ofSummaries()), EventTimeOrder.oneKey(), Types.INT);
        harness.setStateBackend(backend.create());
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

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anyArrival_leavesInOrderOfEventTimeKeyAndSequence(Backend backend) throws Exception {
        List<PosteriorSummary> ordered = List.of(summary("a", 1, 10), summary("a", 2, 10), summary("b", 1, 10), summary("b", 2, 20),
                summary("a", 3, 30), summary("c", 1, 30));
        for (int seed = 0; seed < 20; seed++) {
            List<PosteriorSummary> shuffled = new ArrayList<>(ordered);
            Collections.shuffle(shuffled, new Random(seed));
            try (var harness = harness(backend, null)) {
                for (PosteriorSummary summary : shuffled) {
                    harness.processElement(summary, 0);
                }
                harness.processWatermark(Long.MAX_VALUE);
                assertThat(names(harness.extractOutputValues())).as("shuffle %d", seed).isEqualTo(names(ordered));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void nothingLeavesBeforeTheWatermark_andWhatWaitsSurvivesARestart(Backend backend) throws Exception {
        OperatorSubtaskState saved;
        try (var harness = harness(backend, null)) {
            harness.processElement(summary("a", 2, 30), 0);
            harness.processElement(summary("a", 1, 20), 0);
            harness.processWatermark(20);
            assertThat(names(harness.extractOutputValues())).containsExactly("20 a 1");
            saved = harness.snapshot(1, 1);
        }
        try (var harness = harness(backend, saved)) {
            harness.processElement(summary("b", 1, 25), 0);
            harness.processWatermark(Long.MAX_VALUE);
            assertThat(names(harness.extractOutputValues())).containsExactly("25 b 1", "30 a 2");
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void whatHasLeft_isForgotten() throws Exception {
        try (var harness = harness(Backend.HEAP, null)) {
            harness.processElement(summary("a", 1, 20), 0);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            harness.processWatermark(20);
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatCannotBeOrdered_passesAtOnce(Backend backend) throws Exception {
        try (var harness = harness(backend, null)) {
            harness.processElement(summary("a", 1, Observation.NO_TIME), 0);
            harness.processWatermark(100);
            harness.processElement(summary("a", 2, 100), 0);
            assertThat(names(harness.extractOutputValues())).containsExactly(Observation.NO_TIME + " a 1", "100 a 2");
        }
    }
}
