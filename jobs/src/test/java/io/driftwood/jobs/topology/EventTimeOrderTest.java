package io.driftwood.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class EventTimeOrderTest {

    private static PosteriorSummary summary(String key, long seq, long time) {
        return new PosteriorSummary("job", key, seq, time, new double[] {0.5}, new Quantity[0], new Quantity[0], -1, 0, -1, "exact", 1, 1,
                Double.NaN, 0, 0, false, 0, false, "running", "", null);
    }

    private static OneInputStreamOperatorTestHarness<PosteriorSummary, PosteriorSummary> harness() throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<PosteriorSummary, PosteriorSummary>(new EventTimeOrder());
        harness.setup(RecordTypes.SUMMARY.createSerializer(new SerializerConfigImpl()));
        return harness;
    }

    private static String emitted(OneInputStreamOperatorTestHarness<PosteriorSummary, PosteriorSummary> harness) {
        StringBuilder out = new StringBuilder();
        for (PosteriorSummary s : harness.extractOutputValues()) {
            out.append(s.key()).append(s.seq()).append('@').append(s.eventTime()).append(' ');
        }
        return out.toString().trim();
    }

    @Test
    void summariesLeaveByTimeKeyAndSeq_onceTheWatermarkHasPassed() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(new StreamRecord<>(summary("b", 1, 20)));
            harness.processElement(new StreamRecord<>(summary("b", 2, 20)));
            harness.processElement(new StreamRecord<>(summary("a", 7, 20)));
            harness.processElement(new StreamRecord<>(summary("c", 1, 10)));
            harness.processElement(new StreamRecord<>(summary("a", 8, 30)));
            assertThat(emitted(harness)).isEmpty();
            harness.processWatermark(20);
            assertThat(emitted(harness)).isEqualTo("c1@10 a7@20 b1@20 b2@20");
            harness.processWatermark(Long.MAX_VALUE);
            assertThat(emitted(harness)).endsWith("a8@30");
        }
    }

    @Test
    void whatWaitsSurvivesARestart() throws Exception {
        OperatorSubtaskState saved;
        try (var harness = harness()) {
            harness.open();
            harness.processElement(new StreamRecord<>(summary("b", 1, 20)));
            harness.processElement(new StreamRecord<>(summary("a", 1, 20)));
            saved = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(saved);
            harness.open();
            harness.processWatermark(20);
            assertThat(emitted(harness)).isEqualTo("a1@20 b1@20");
        }
    }
}
