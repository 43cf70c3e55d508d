package io.driftwood.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.flink.type.LearnedSerializer;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.learn.NormalLearner;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.numeric.Scratch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** Learning inside a job: the versions are a function of the records and nothing else. */
class LearnerOperatorTest {

    private static final int EVERY = 5;

    private static Learner learner() { return new NormalLearner("prior", List.of("a", "b")); }

    private static OneInputStreamOperatorTestHarness<Observation, Learned> harness(boolean ordered, OperatorSubtaskState saved) throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(new LearnerOperator(LearnerOperatorTest::learner, EVERY, ordered));
        harness.setup(new LearnedSerializer());
        if (saved != null) {
            harness.initializeState(saved);
        }
        harness.open();
        return harness;
    }

    private static Observation record(int n) {
        return new Observation("training", 100 + 10 * (n / 2), new double[] {Math.sin(n), Math.cos(3 * n)}, "file", n);
    }

    /** Shuffled within blocks, each followed by its watermark as a source gives it, then the end. */
    private static List<Object> events(int seed) {
        Random random = new Random(seed);
        List<Object> events = new ArrayList<>();
        for (int block = 0; block < 4; block++) {
            List<Object> some = new ArrayList<>();
            for (int n = 6 * block; n < 6 * block + 6; n++) {
                some.add(record(n));
            }
            Collections.shuffle(some, random);
            events.addAll(some);
            events.add(record(6 * block + 5).eventTime() - 1);
        }
        events.add(Long.MAX_VALUE);
        return events;
    }

    private static void feed(OneInputStreamOperatorTestHarness<Observation, Learned> harness, Object event) throws Exception {
        if (event instanceof Observation y) {
            harness.processElement(y, y.eventTime());
        } else {
            harness.processWatermark((Long) event);
        }
    }

    private static String spelled(Learned learned) {
        return learned.version() + "@" + learned.eventTime() + " " + learned.arrays().values().stream()
                .map(numbers -> Arrays.stream(numbers).mapToObj(Double::toHexString).toList().toString()).toList();
    }

    private static List<String> expected() {
        List<String> versions = new ArrayList<>();
        double[] state = learner().start();
        for (int n = 0; n < 24; n++) {
            state = learner().learn(state, record(n).values(), new Scratch());
            if ((n + 1) % EVERY == 0 || n == 23) {
                versions.add(spelled(learner().snapshot(state, versions.size() + 1, record(n).eventTime()).orElseThrow()));
            }
        }
        return versions;
    }

    @Test
    void anyOrderOfArrival_givesTheVersionsOfThePlainLoop() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            try (var harness = harness(true, null)) {
                for (Object event : events(seed)) {
                    feed(harness, event);
                }
                assertThat(harness.extractOutputValues().stream().map(LearnerOperatorTest::spelled).toList()).isEqualTo(expected());
            }
        }
    }

    @Test
    void aRestartAtAnyEvent_changesNoBit() throws Exception {
        List<Object> events = events(1);
        for (int cut = 0; cut < events.size(); cut++) {
            List<String> versions = new ArrayList<>();
            OperatorSubtaskState saved;
            try (var harness = harness(true, null)) {
                for (Object event : events.subList(0, cut)) {
                    feed(harness, event);
                }
                saved = harness.snapshot(1, 1);
                harness.extractOutputValues().forEach(learned -> versions.add(spelled(learned)));
            }
            try (var harness = harness(true, saved)) {
                for (Object event : events.subList(cut, events.size())) {
                    feed(harness, event);
                }
                harness.extractOutputValues().forEach(learned -> versions.add(spelled(learned)));
                assertThat(versions).as("cut before event %d", cut).isEqualTo(expected());
                assertThat(count(harness, LearnerOperator.LEARNED_COUNT)).isEqualTo(24);
            }
        }
    }

    /** Or a record that waits for that watermark would be served without it. */
    @Test
    void aVersion_leavesBeforeTheWatermarkThatReachesItsEventTime() throws Exception {
        try (var harness = harness(true, null)) {
            for (Object event : events(2)) {
                feed(harness, event);
            }
            long watermark = Long.MIN_VALUE;
            int versions = 0;
            for (Object out : harness.getOutput()) {
                if (out instanceof Watermark mark) {
                    watermark = mark.getTimestamp();
                } else {
                    versions++;
                    assertThat(((StreamRecord<?>) out).getTimestamp()).isGreaterThan(watermark);
                }
            }
            assertThat(versions).isEqualTo(5);
            assertThat(watermark).isEqualTo(Long.MAX_VALUE);
        }
    }

    /** The watermark has passed the last record that was learned from, because a later one was refused. */
    @Test
    void theLastVersion_isAheadOfTheWatermark_alsoWhenTheLastRecordIsRefused() throws Exception {
        try (var harness = harness(true, null)) {
            for (int n = 0; n < 4; n++) {
                feed(harness, record(n));
            }
            feed(harness, new Observation("training", 300, new double[] {1, Double.NaN}, "file", 4));
            feed(harness, 299L);
            feed(harness, Long.MAX_VALUE);
            assertThat(harness.extractOutputValues()).singleElement().satisfies(last -> assertThat(last.eventTime()).isEqualTo(300));
        }
    }

    @Test
    void whatIsLateOrNoNumber_isSetAsideAndCounted_alsoAfterARestart() throws Exception {
        OperatorSubtaskState saved;
        try (var harness = harness(true, null)) {
            harness.processWatermark(500L);
            saved = harness.snapshot(1, 1);
        }
        try (var harness = harness(true, saved)) {
            feed(harness, new Observation("training", 500, new double[] {1, 2}, "file", 1));
            feed(harness, new Observation("training", 501, new double[] {1, Double.NaN}, "file", 2));
            feed(harness, new Observation("training", 501, new double[] {Double.POSITIVE_INFINITY, 1}, "file", 3));
            feed(harness, new Observation("training", Observation.NO_TIME, new double[] {1, 2}, "file", 4));
            feed(harness, Long.MAX_VALUE);
            assertThat(offsets(harness, PosteriorFunction.LATE)).containsExactly(1L);
            assertThat(offsets(harness, PosteriorFunction.REJECTED)).containsExactly(4L, 2L, 3L);
            assertThat(count(harness, LearnerOperator.LATE_COUNT)).isEqualTo(1);
            assertThat(count(harness, LearnerOperator.REJECTED_COUNT)).isEqualTo(3);
            assertThat(harness.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void withoutEventTime_recordsAreLearnedFromAsTheyCome() throws Exception {
        try (var harness = harness(false, null)) {
            for (int n = 0; n < 12; n++) {
                feed(harness, new Observation("training", Observation.NO_TIME, record(n).values(), "file", n));
            }
            assertThat(harness.extractOutputValues()).extracting(Learned::version).containsExactly(1L, 2L);
            assertThat(harness.extractOutputValues()).extracting(Learned::eventTime).containsOnly(Observation.NO_TIME);
            feed(harness, Long.MAX_VALUE);
            assertThat(harness.extractOutputValues()).hasSize(3);
        }
    }

    private static List<Long> offsets(OneInputStreamOperatorTestHarness<Observation, Learned> harness, OutputTag<SetAside> tag) {
        return harness.getSideOutput(tag).stream().map(element -> element.getValue().observation().offset()).toList();
    }

    private static long count(OneInputStreamOperatorTestHarness<Observation, Learned> harness, String name) {
        return (Long) harness.getOperator().getRuntimeContext().getAccumulator(name).getLocalValue();
    }
}
