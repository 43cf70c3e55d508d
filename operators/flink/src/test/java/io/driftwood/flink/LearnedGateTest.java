package io.driftwood.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.flink.PosteriorOptions.Order;
import io.driftwood.flink.type.LearnedSerializer;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.learned.Learned;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Which versions are let through, and why the others are not. */
class LearnedGateTest {

    private static OneInputStreamOperatorTestHarness<Learned, Learned> harness(Order order, OperatorSubtaskState saved) throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new LearnedGate(TaughtPosterior::new, order)));
        harness.setup(new LearnedSerializer());
        if (saved != null) {
            harness.initializeState(saved);
        }
        harness.open();
        return harness;
    }

    private static Learned always(long version) { return TaughtPosterior.shift(version, Observation.NO_TIME); }

    private static List<Long> accepted(OneInputStreamOperatorTestHarness<Learned, Learned> harness) {
        return harness.extractOutputValues().stream().map(Learned::version).toList();
    }

    private static List<String> refused(OneInputStreamOperatorTestHarness<Learned, Learned> harness) {
        var refused = harness.getSideOutput(LearnedGate.REFUSED);
        return refused == null ? List.of() : refused.stream().map(one -> one.getValue().learned().version() + ": " + one.getValue().reason()).toList();
    }

    private static void feed(OneInputStreamOperatorTestHarness<Learned, Learned> harness, Learned... versions) throws Exception {
        for (Learned version : versions) {
            harness.processElement(version, version.eventTime());
        }
    }

    /** Where a version of that time was unfit, too: its time has been told all the same. */
    @Test
    void aVersionWithoutTime_isRefusedAfterOneThatHasATime_alsoAfterARestart() throws Exception {
        OperatorSubtaskState saved;
        try (var harness = harness(Order.EVENT_TIME, null)) {
            feed(harness, always(1), always(2), Learned.of("shift", "mixture", 3, 20, Map.of(), Map.of()), always(4), TaughtPosterior.shift(5, 10));
            assertThat(accepted(harness)).containsExactly(1L, 2L, 5L);
            assertThat(refused(harness)).hasSize(2).element(1).asString().contains("4: ", "has no event time, and comes after a version that has one");
            saved = harness.snapshot(1, 1);
        }
        try (var harness = harness(Order.EVENT_TIME, saved)) {
            feed(harness, always(6), TaughtPosterior.shift(7, 30));
            assertThat(accepted(harness)).containsExactly(7L);
        }
    }

    /** A job without event time is served by what has come, and promises nothing about a replay. */
    @Test
    void inOrderOfArrival_everyVersionThatFitsIsLetThrough() throws Exception {
        try (var harness = harness(Order.ARRIVAL, null)) {
            feed(harness, TaughtPosterior.shift(1, 10), always(2));
            assertThat(accepted(harness)).containsExactly(1L, 2L);
            assertThat(refused(harness)).isEmpty();
        }
    }
}
