package io.driftwood.flink.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.transition.Tuning;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SavedStateTest {

    private static byte[] bytes(PosteriorState state, PosteriorStateSerializer serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(128);
        serializer.serialize(state, out);
        return out.getCopyOfBuffer();
    }

    private static PosteriorState state(byte[] bytes, PosteriorStateSerializer serializer) throws IOException {
        return serializer.deserialize(new DataInputDeserializer(bytes));
    }

    private static PosteriorStateSerializer serializer() { return new PosteriorStateSerializer(States.PAYLOADS); }

    @Test
    void everyBitComesBack_nanPayloadsAndTheSignOfZeroIncluded() throws IOException {
        PosteriorStateSerializer serializer = serializer();
        for (PosteriorState original : States.all()) {
            assertThat(States.bits(state(bytes(original, serializer), serializer))).isEqualTo(States.bits(original));
        }
    }

    /** Who adds a field to the state has to save it, copy it, and compare it in {@link States#bits}; then it may be named here. */
    @Test
    void everyFieldOfAState_isKnownToTheLayout() {
        assertThat(fields(PosteriorState.class)).containsExactlyInAnyOrder("phase", "keyBits", "step", "assimilated", "rejected", "clock",
                "logEvidence", "logEvidenceVariance", "particles", "weights", "tuning", "history", "statistics", "payload");
        assertThat(fields(Particles.class)).containsExactlyInAnyOrder("size", "dimension", "stride", "values");
        assertThat(fields(LogWeights.class)).containsExactlyInAnyOrder("size", "log", "normalised");
        assertThat(fields(Tuning.class)).containsExactlyInAnyOrder("stepSize", "lower", "adaptations");
        assertThat(fields(Rows.class)).containsExactlyInAnyOrder("width", "values", "weights", "count");
    }

    private static List<String> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()))
                .map(Field::getName).toList();
    }

    @Test
    void partsThatAPosteriorDoesNotHave_stayAbsent() throws IOException {
        PosteriorState restored = state(bytes(States.buffering(), serializer()), serializer());

        assertThat(restored.particles).isNull();
        assertThat(restored.weights).isNull();
        assertThat(restored.tuning).isNull();
        assertThat(restored.payload).isNull();
    }

    @Test
    void spareCapacityOfTheHistory_isNotWritten() throws IOException {
        PosteriorState few = States.running(8, 1, 16);
        PosteriorState grown = States.running(8, 1, 16);
        grown.history.append(new double[] {9, 9, 9}, 9);
        grown.history.count = 16;

        assertThat(grown.history.weights.length).isGreaterThan(few.history.weights.length);
        assertThat(bytes(grown, serializer())).isEqualTo(bytes(few, serializer()));
    }

    @Test
    void restoredHistory_hasRoomForTheNextRow() throws IOException {
        for (int rows : new int[] {0, 1, 15, 16, 17, 32}) {
            PosteriorState restored = state(bytes(States.running(8, 1, rows), serializer()), serializer());
            double[] values = restored.history.values;
            restored.history.append(new double[] {1, 2, 3}, 1);
            assertThat(restored.history.values).as("%d rows", rows).isSameAs(values);
            assertThat(restored.history.values[3 * rows + 2]).isEqualTo(3);
        }
    }

    /** On the heap backend a copy is what a running snapshot reads while the step goes on with the original. */
    @Test
    void copySharesNothing_thatAStepMayWrite() {
        for (PosteriorState original : States.all()) {
            PosteriorState copy = serializer().copy(original);
            String before = States.bits(copy);
            scribbleOver(original);
            assertThat(States.bits(copy)).isEqualTo(before);
        }
    }

    private static void scribbleOver(PosteriorState state) {
        if (state.particles != null) {
            Arrays.fill(state.particles.values, 1e9);
            Arrays.fill(state.weights.log, 1e9);
            Arrays.fill(state.weights.normalised, 1e9);
            Arrays.fill(state.tuning.lower, 1e9);
            state.tuning.stepSize = 1e9;
        }
        Arrays.fill(state.history.values, 1e9);
        Arrays.fill(state.history.weights, 1e9);
        Arrays.fill(state.statistics, 1e9);
        if (state.payload instanceof States.Regime regime) {
            Arrays.fill(regime.probabilities, 1e9);
            regime.previous.name = "overwritten";
        }
        state.step = -1;
    }

    @Test
    void bytesCutShortAnywhere_areAnError() throws IOException {
        for (PosteriorState original : List.of(States.running(13, 2, 3), States.buffering(), States.withPayload())) {
            byte[] whole = bytes(original, serializer());
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> state(cut, serializer())).as("%d of %d bytes", length, whole.length).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aCorruptLength_isAnErrorAndNotAnExhaustedHeap() {
        byte[] hugeStructuredPart = {0x7f, -1, -1, -1, 1, 2, 3};
        byte[] negativeStructuredPart = {-1, -1, -1, -1, 1, 2, 3};

        assertThatThrownBy(() -> state(hugeStructuredPart, serializer())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> state(negativeStructuredPart, serializer())).isInstanceOf(IOException.class).hasMessageContaining("structured part");
    }

    @Test
    void payloadOfAnUnregisteredType_isRefusedByName() {
        PosteriorState state = States.exact();
        state.payload = new StringBuilder("not registered");

        assertThatThrownBy(() -> bytes(state, serializer())).hasMessageContaining("PayloadTypes").hasMessageContaining("StringBuilder");
    }

    @Test
    void payloadTypesThatCollide_areRefused() {
        assertThatThrownBy(() -> States.PAYLOADS.with(0, StringBuilder.class)).hasMessageContaining("StringBuilder").hasMessageContaining("Regime");
        assertThatThrownBy(() -> States.PAYLOADS.with(1, States.Regime.class)).hasMessageContaining("id 1").hasMessageContaining("id 0");
        assertThatThrownBy(() -> States.PAYLOADS.with(-1, StringBuilder.class)).hasMessageContaining("-1");
    }

    @Test
    void aSerializerIsUsableAgain_afterItFailed() throws IOException {
        PosteriorStateSerializer serializer = serializer();
        byte[] good = bytes(States.withPayload(), serializer);
        PosteriorState bad = States.exact();
        bad.payload = new StringBuilder("not registered");

        assertThatThrownBy(() -> bytes(bad, serializer)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> state(Arrays.copyOf(good, 30), serializer)).isInstanceOf(IOException.class);
        assertThat(States.bits(state(good, serializer))).isEqualTo(States.bits(States.withPayload()));
        assertThat(bytes(States.exact(), serializer)).isEqualTo(bytes(States.exact(), serializer()));
    }

    /** Flink duplicates serializers for the threads of snapshots; two that shared a buffer would mix their states. */
    @Test
    void duplicatesInTwoThreads_doNotDisturbEachOther() throws Exception {
        PosteriorStateSerializer serializer = serializer();
        bytes(States.exact(), serializer);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> done = threads.invokeAll(List.of(
                    roundTrips(serializer.duplicate(), States.running(1000, 3, 20)), roundTrips(serializer.duplicate(), States.running(900, 4, 30))));
            for (Future<Boolean> thread : done) {
                assertThat(thread.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static Callable<Boolean> roundTrips(PosteriorStateSerializer serializer, PosteriorState original) {
        return () -> {
            byte[] expected = bytes(original, serializer());
            boolean same = true;
            for (int n = 0; n < 500; n++) {
                byte[] written = bytes(original, serializer);
                same &= Arrays.equals(written, expected) && Arrays.equals(bytes(state(written, serializer), serializer), expected);
            }
            return same;
        };
    }
}
