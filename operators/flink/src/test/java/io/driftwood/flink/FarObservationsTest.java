package io.driftwood.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.flink.type.ObservationSerializer;
import io.driftwood.inference.assimilate.LaplaceRecursion;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.model.NormalKnownVariance;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.variational.FarStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which records a job tells its learner of: a function of the records of a key in their order, and of nothing else. */
class FarObservationsTest {

    private static final double FAR = 0.5;

    private static LaplaceRecursion recursion() { return new LaplaceRecursion(new NormalKnownVariance("y", 1, 0, 3)); }

    private static KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> harness(PosteriorOptions options, Backend backend, OperatorSubtaskState saved)
            throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(new KeyedProcessOperator<>(new FarObservations(FarObservationsTest::recursion, FAR, options)),
                Observation::key, Types.STRING);
        harness.setStateBackend(backend.create());
        harness.setup(new ObservationSerializer());
        if (saved != null) {
            harness.initializeState(saved);
        }
        harness.open();
        return harness;
    }

    private static void feed(KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> harness, Object event) throws Exception {
        if (event instanceof Observation y) {
            harness.processElement(y, 0);
        } else {
            harness.processWatermark((Long) event);
        }
    }

    private static String spelled(Observation far) {
        return far.key() + "@" + far.eventTime() + " " + far.origin() + ":" + far.offset() + " " + Arrays.stream(far.values()).mapToObj(Double::toHexString).toList();
    }

    /** What is not late, by (event time, origin, offset), each key for itself. */
    private static List<String> expected(List<Object> events) {
        long watermark = Long.MIN_VALUE;
        List<Observation> taken = new ArrayList<>();
        for (Object event : events) {
            if (event instanceof Observation y) {
                if (y.eventTime() > watermark) {
                    taken.add(y);
                }
            } else {
                watermark = (Long) event;
            }
        }
        taken.sort(Comparator.comparingLong(Observation::eventTime).thenComparing(Observation::origin).thenComparingLong(Observation::offset));
        Map<String, double[]> states = new HashMap<>();
        LaplaceRecursion recursion = recursion();
        List<String> far = new ArrayList<>();
        for (Observation y : taken) {
            Optional<FarStep> step = recursion.step(states.computeIfAbsent(y.key(), key -> recursion.start()), y, new Scratch());
            step.filter(s -> s.conditionalEss() < FAR).ifPresent(s -> far.add(spelled(new Observation(y.key(), y.eventTime(), s.values(), y.origin(), y.offset()))));
        }
        return far;
    }

    private static List<Object> events() {
        List<Object> events = Streams.disorderly(3, 120, 4);
        events.replaceAll(event -> event instanceof Observation y && y.offset() % 17 == 3
                ? new Observation(y.key(), y.eventTime(), new double[] {25}, y.origin(), y.offset()) : event);
        return events;
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRestartAtAnyEvent_changesNoBit(Backend backend) throws Exception {
        List<Object> events = events();
        List<String> expected = expected(events);
        assertThat(expected).hasSizeBetween(6, 40);
        for (int cut = 0; cut < events.size(); cut += backend == Backend.HEAP ? 7 : 61) {
            List<String> told = new ArrayList<>();
            OperatorSubtaskState saved;
            try (var harness = harness(PosteriorOptions.defaults(), backend, null)) {
                for (Object event : events.subList(0, cut)) {
                    feed(harness, event);
                }
                saved = harness.snapshot(1, 1);
                harness.extractOutputValues().forEach(far -> told.add(spelled(far)));
            }
            try (var harness = harness(PosteriorOptions.defaults(), backend, saved)) {
                for (Object event : events.subList(cut, events.size())) {
                    feed(harness, event);
                }
                harness.extractOutputValues().forEach(far -> told.add(spelled(far)));
                long count = (Long) harness.getOperator().getRuntimeContext().getAccumulator(FarObservations.FAR_COUNT).getLocalValue();
                assertThat(count).isEqualTo(expected.size());
            }
            assertThat(told).as("cut before event %d", cut).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void inOrderOfArrival_aRecordIsLookedAtAtOnce() throws Exception {
        try (var harness = harness(PosteriorOptions.defaults().withOrder(PosteriorOptions.Order.ARRIVAL), Backend.HEAP, null)) {
            feed(harness, new Observation("a", Observation.NO_TIME, new double[] {9}, "file", 1));
            assertThat(harness.extractOutputValues()).singleElement().satisfies(far -> assertThat(far.values()).hasSize(2));
        }
    }

    /** The posterior of a key that was silent is forgotten, and so is the normal that follows it. */
    @Test
    void aKeyThatIsForgotten_beginsAnew() throws Exception {
        try (var harness = harness(PosteriorOptions.defaults().withForgetAfter(Duration.ofMillis(800)), Backend.HEAP, null)) {
            for (Object event : new Object[] {Streams.at("a", 1000, 0.1, 1), 1500L, 4000L, Streams.at("a", 5000, 0.1, 2), 5500L}) {
                feed(harness, event);
            }
            assertThat(harness.extractOutputValues()).hasSize(2);
            assertThat(harness.extractOutputValues().get(0).values()).isEqualTo(harness.extractOutputValues().get(1).values());
        }
    }
}
