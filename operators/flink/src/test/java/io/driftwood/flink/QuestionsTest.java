package io.driftwood.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.flink.PosteriorOptions.Order;
import io.driftwood.flink.type.PosteriorSummarySerializer;
import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Incoming;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.summary.PosteriorSummary;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of questions: each has one answer or a reason, and leaves nothing behind. */
class QuestionsTest {

    private static final PosteriorOptions OPTIONS = PosteriorOptions.defaults().withQuestions();

    private static KeyedOneInputStreamOperatorTestHarness<String, Incoming, PosteriorSummary> harness(
            PosteriorOptions options, Backend backend, OperatorSubtaskState saved) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new PosteriorFunction<Incoming>(TaughtPosterior::new, options)), Incoming::key, Types.STRING);
        ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig()).setGenericTypes(false);
        harness.setStateBackend(backend.create());
        harness.setup(new PosteriorSummarySerializer());
        if (saved != null) {
            harness.initializeState(saved);
        }
        harness.open();
        return harness;
    }

    private static Observation seen(long time, long offset) { return new Observation("a", time, new double[] {time}, "seen", offset); }

    private static Question ask(String key, long time, String id) { return new Question(key, time, id, new double[] {1}, "asked", 0); }

    private static List<String> told(KeyedOneInputStreamOperatorTestHarness<String, Incoming, PosteriorSummary> harness) {
        return harness.getSideOutput(PosteriorFunction.ANSWERS) == null ? List.of()
                : harness.getSideOutput(PosteriorFunction.ANSWERS).stream().map(element -> text(element.getValue())).toList();
    }

    private static String text(Answer answer) {
        return answer.question().id() + (answer.isRefused() ? ": " + answer.refusal() : " after " + answer.seq() + ": " + answer.quantities()[0].mean());
    }

    private static void feed(KeyedOneInputStreamOperatorTestHarness<String, Incoming, PosteriorSummary> harness, Incoming... incoming) throws Exception {
        for (Incoming one : incoming) {
            harness.processElement(one, one.eventTime());
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aQuestionWaits_alsoOverARestart_andIsAnsweredAfterTheRecordsOfItsTime(Backend backend) throws Exception {
        OperatorSubtaskState saved;
        try (var harness = harness(OPTIONS, backend, null)) {
            feed(harness, ask("a", 20, "q20"), ask("a", 15, "q15"), ask("a", 5, "q5"), seen(20, 1), seen(10, 2), ask("b", 12, "other"));
            harness.processWatermark(12);
            assertThat(told(harness)).containsExactlyInAnyOrder("q5 after 0: 0.0", "other after 0: 0.0");
            saved = harness.snapshot(1, 1);
        }
        try (var harness = harness(OPTIONS, backend, saved)) {
            harness.processWatermark(30);
            assertThat(told(harness)).containsExactly("q15 after 1: 10.0", "q20 after 2: 15.0");
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat((Long) harness.getOperator().getRuntimeContext().getAccumulator("questions-answered").getLocalValue()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aQuestionBehindTheWatermark_orWithoutATime_isRefused(Backend backend) throws Exception {
        try (var harness = harness(OPTIONS, backend, null)) {
            feed(harness, seen(10, 1));
            harness.processWatermark(20);
            feed(harness, ask("a", 20, "late"), ask("a", Observation.NO_TIME, "timeless"));
            assertThat(told(harness)).containsExactly(
                    "late: it came too late: its event time is not after the watermark 1970-01-01T00:00:00.020Z",
                    "timeless: it has no event time, and questions are answered in order of event time");
            assertThat((Long) harness.getOperator().getRuntimeContext().getAccumulator("questions-refused").getLocalValue()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aKeyThatIsOnlyAskedAbout_leavesNothing(Backend backend) throws Exception {
        try (var harness = harness(OPTIONS.withForgetAfter(Duration.ofMillis(50)), backend, null)) {
            feed(harness, ask("nobody", 10, "q"));
            harness.processWatermark(15);
            assertThat(told(harness)).containsExactly("q after 0: 0.0");
            assertThat(harness.numEventTimeTimers()).isZero();
            if (backend == Backend.HEAP) {
                assertThat(harness.numKeyedStateEntries()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void inOrderOfArrival_anAnswerComesAtOnce(Backend backend) throws Exception {
        try (var harness = harness(OPTIONS.withOrder(Order.ARRIVAL), backend, null)) {
            feed(harness, seen(10, 1), ask("a", 5, "q"), seen(20, 2), ask("a", Observation.NO_TIME, "r"));
            assertThat(told(harness)).containsExactly("q after 1: 10.0", "r after 2: 15.0");
        }
    }
}
