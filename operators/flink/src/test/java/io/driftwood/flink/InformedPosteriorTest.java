package io.driftwood.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.flink.PosteriorOptions.LatePolicy;
import io.driftwood.flink.PosteriorOptions.Order;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Which version serves which record, seen from one operator. */
class InformedPosteriorTest {

    private static KeyedBroadcastOperatorTestHarness<String, Observation, Learned, PosteriorSummary> harness(
            PosteriorOptions options, OperatorSubtaskState saved) throws Exception {
        var function = new InformedPosteriorFunction<Observation>(TaughtPosterior::new, options);
        var harness = new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(function, List.of(InformedPosteriorFunction.VERSIONS)), Observation::key, Types.STRING, 1, 1, 0);
        if (saved != null) {
            harness.initializeState(saved);
        }
        harness.open();
        return harness;
    }

    private static Observation at(long time) { return new Observation("a", time, new double[] {1}, "seen", time); }

    /** Event time and version of every summary. */
    private static List<String> served(KeyedBroadcastOperatorTestHarness<String, Observation, Learned, PosteriorSummary> harness) {
        return harness.extractOutputValues().stream()
                .map(s -> s.eventTime() + ": " + (s.learned() == null ? "none" : String.valueOf(s.learned().version()))).toList();
    }

    private static List<Long> kept(KeyedBroadcastOperatorTestHarness<String, Observation, Learned, PosteriorSummary> harness) throws Exception {
        List<Long> versions = new ArrayList<>();
        harness.getOperator().getOperatorStateBackend().getBroadcastState(InformedPosteriorFunction.VERSIONS).entries()
                .forEach(entry -> versions.add(entry.getValue().version()));
        return versions.stream().sorted().toList();
    }

    @Test
    void aRecordWaitsForTheLesserWatermark_andIsServedByItsVersion() throws Exception {
        try (var harness = harness(PosteriorOptions.defaults(), null)) {
            harness.processElement(at(10), 10);
            harness.processElement(at(30), 30);
            harness.processElement(at(20), 20);
            harness.processWatermark(100);
            assertThat(served(harness)).as("the other input may still bring a version for any of them").isEmpty();
            harness.processBroadcastElement(TaughtPosterior.shift(2, 25), 25);
            harness.processBroadcastElement(TaughtPosterior.shift(1, 20), 20);
            harness.processBroadcastWatermark(29);
            assertThat(served(harness)).containsExactly("10: none", "20: 1");
            harness.processBroadcastWatermark(30);
            assertThat(served(harness)).containsExactly("10: none", "20: 1", "30: 2");
        }
    }

    @Test
    void versionsThatNoRecordNeedsAnyMore_areForgotten_alsoInWhatIsSaved() throws Exception {
        OperatorSubtaskState saved;
        try (var harness = harness(PosteriorOptions.defaults(), null)) {
            for (int v = 1; v <= 5; v++) {
                harness.processBroadcastElement(TaughtPosterior.shift(v, 10 * v), 10 * v);
            }
            harness.processWatermark(35);
            harness.processBroadcastWatermark(35);
            assertThat(kept(harness)).containsExactly(1L, 2L, 3L, 4L, 5L);
            harness.processBroadcastElement(TaughtPosterior.shift(6, 60), 60);
            assertThat(kept(harness)).containsExactly(3L, 4L, 5L, 6L);
            saved = harness.snapshot(1, 1);
        }
        try (var harness = harness(PosteriorOptions.defaults(), saved)) {
            harness.processElement(at(36), 36);
            harness.processElement(at(45), 45);
            harness.processWatermark(50);
            harness.processBroadcastWatermark(50);
            assertThat(served(harness)).containsExactly("36: 3", "45: 4");
        }
    }

    /** The record of time 36 had been served by version 3 when version 7 came for it. */
    @Test
    void aVersionBehindTheWatermark_holdsForRecordsThatAreStillToCome() throws Exception {
        try (var harness = harness(PosteriorOptions.defaults(), null)) {
            harness.processBroadcastElement(TaughtPosterior.shift(3, 30), 30);
            harness.processElement(at(36), 36);
            harness.processWatermark(40);
            harness.processBroadcastWatermark(40);
            harness.processBroadcastElement(TaughtPosterior.shift(7, 35), 35);
            harness.processElement(at(41), 41);
            harness.processWatermark(50);
            harness.processBroadcastWatermark(50);
            assertThat(served(harness)).containsExactly("36: 3", "41: 7");
        }
    }

    @Test
    void aLateRecordThatIsAssimilated_isServedByWhatIsInForce() throws Exception {
        try (var harness = harness(PosteriorOptions.defaults().withLate(LatePolicy.ASSIMILATE), null)) {
            harness.processBroadcastElement(TaughtPosterior.shift(1, 10), 10);
            harness.processBroadcastElement(TaughtPosterior.shift(2, 20), 20);
            harness.processWatermark(30);
            harness.processBroadcastWatermark(30);
            harness.processElement(at(15), 15);
            assertThat(served(harness)).containsExactly("15: 2");
        }
    }

    @Test
    void inOrderOfArrival_theNewestThatHasComeServes_andNoOtherIsKept() throws Exception {
        try (var harness = harness(PosteriorOptions.defaults().withOrder(Order.ARRIVAL), null)) {
            harness.processElement(at(1), 1);
            harness.processBroadcastElement(TaughtPosterior.shift(2, 20), 20);
            harness.processElement(at(2), 2);
            harness.processBroadcastElement(TaughtPosterior.shift(1, 10), 10);
            harness.processElement(at(3), 3);
            harness.processBroadcastElement(TaughtPosterior.shift(3, 20), 20);
            harness.processElement(at(4), 4);
            assertThat(served(harness)).containsExactly("1: none", "2: 2", "3: 2", "4: 3");
            assertThat(kept(harness)).containsExactly(3L);
        }
    }

    /** The summary of the last step, which no sixth one follows, is told at the end, by the version that then holds. */
    @Test
    void aSummaryThatComesAtTheEnd_saysWhatServedIt() throws Exception {
        try (var harness = harness(PosteriorOptions.defaults().withEmitEvery(5), null)) {
            harness.processBroadcastElement(TaughtPosterior.shift(1, 10), 10);
            harness.processElement(at(11), 11);
            harness.processBroadcastElement(TaughtPosterior.shift(2, 50), 50);
            harness.processWatermark(Long.MAX_VALUE);
            harness.processBroadcastWatermark(Long.MAX_VALUE);
            assertThat(served(harness)).containsExactly("11: 2");
        }
    }
}
