package io.driftwood.flink.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.flink.Backend;
import io.driftwood.flink.type.OwnTypeInformation;
import io.driftwood.inference.assimilate.PosteriorState;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of a {@link PosteriorStore}, on every backend. */
class PosteriorStoreTest {

    /** Does something to the store under the key it is given. */
    private static final class StoreOperator extends KeyedProcessFunction<String, String, String> {
        private final transient Function<RuntimeContext, PosteriorStore> opening;
        transient PosteriorStore store;
        transient Consumer<PosteriorStore> next;

        StoreOperator(Function<RuntimeContext, PosteriorStore> opening) { this.opening = opening; }

        @Override
        public void open(OpenContext context) { store = opening.apply(getRuntimeContext()); }

        @Override
        public void processElement(String key, Context context, Collector<String> out) { next.accept(store); }
    }

    /** A store in a running operator. */
    private static final class Bench implements AutoCloseable {
        private final StoreOperator operator;
        private final KeyedOneInputStreamOperatorTestHarness<String, String, String> harness;

        Bench(Backend backend, OperatorSubtaskState saved, Function<RuntimeContext, PosteriorStore> opening) throws Exception {
            operator = new StoreOperator(opening);
            harness = new KeyedOneInputStreamOperatorTestHarness<>(new KeyedProcessOperator<>(operator), key -> key, Types.STRING);
            harness.setStateBackend(backend.create());
            harness.setup(StringSerializer.INSTANCE);
            if (saved != null) {
                harness.initializeState(saved);
            }
            harness.open();
        }

        Bench(Backend backend, OperatorSubtaskState saved) throws Exception {
            this(backend, saved, context -> new DirectStore(context, States.PAYLOADS));
        }

        void with(String key, Consumer<PosteriorStore> action) throws Exception {
            operator.next = action;
            harness.processElement(key, 0);
        }

        /** The synchronous part of a snapshot; the returned futures are the part that runs beside the stream. */
        OperatorSnapshotFutures beginSnapshot() throws Exception {
            return harness.getOperator().snapshotState(1, 1, CheckpointOptions.forCheckpointWithDefaultLocation(), new MemCheckpointStreamFactory(1 << 24));
        }

        @Override
        public void close() throws Exception { harness.close(); }
    }

    private static OperatorSubtaskState finish(OperatorSnapshotFutures futures) throws Exception {
        return OperatorSnapshotFinalizer.create(futures).getJobManagerOwnedState();
    }

    private static Consumer<PosteriorStore> holds(PosteriorState expected) {
        return store -> assertThat(States.bits(store.read().orElseThrow())).isEqualTo(States.bits(expected));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void readsWhatWasWrittenLast_forTheCurrentKeyOnly(Backend backend) throws Exception {
        try (Bench bench = new Bench(backend, null)) {
            bench.with("a", store -> assertThat(store.read()).isEmpty());
            bench.with("a", store -> store.write(States.running(13, 3, 2)));
            bench.with("b", store -> assertThat(store.read()).isEmpty());
            bench.with("b", store -> store.write(States.withPayload()));
            bench.with("a", store -> store.write(States.buffering()));
            bench.with("a", holds(States.buffering()));
            bench.with("b", holds(States.withPayload()));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aForgottenKey_isEmpty(Backend backend) throws Exception {
        try (Bench bench = new Bench(backend, null)) {
            bench.with("a", store -> store.write(States.exact()));
            bench.with("b", store -> store.write(States.exact()));
            bench.with("a", PosteriorStore::forget);
            bench.with("a", store -> assertThat(store.read()).isEmpty());
            bench.with("b", holds(States.exact()));
        }
    }

    /** The step overwrites what it read while a snapshot is being written: the snapshot must hold the posterior of its own moment. */
    @ParameterizedTest
    @EnumSource(Backend.class)
    void aSnapshotInFlight_doesNotSeeLaterSteps(Backend backend) throws Exception {
        OperatorSubtaskState saved;
        try (Bench bench = new Bench(backend, null)) {
            bench.with("a", store -> store.write(States.running(13, 3, 2)));
            bench.with("b", store -> store.write(States.exact()));
            OperatorSnapshotFutures inFlight = bench.beginSnapshot();
            bench.with("a", PosteriorStoreTest::stepInPlace);
            bench.with("b", PosteriorStore::forget);
            bench.with("c", store -> store.write(States.exact()));
            saved = finish(inFlight);
        }
        try (Bench bench = new Bench(backend, saved)) {
            bench.with("a", holds(States.running(13, 3, 2)));
            bench.with("b", holds(States.exact()));
            bench.with("c", store -> assertThat(store.read()).isEmpty());
        }
    }

    private static void stepInPlace(PosteriorStore store) {
        PosteriorState state = store.read().orElseThrow();
        java.util.Arrays.fill(state.particles.values, 17);
        state.history.append(new double[] {17, 17, 17}, 17);
        state.step++;
        store.write(state);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void stateOfThePrototypesLayout_migrates(Backend backend) throws Exception {
        OperatorSubtaskState saved;
        PosteriorState[] prototypes = GoldenState.frozen(0);
        try (Bench bench = new Bench(backend, null, context -> new OlderStore(context, new LayoutZeroSerializer()))) {
            bench.with("a", store -> store.write(prototypes[0]));
            bench.with("b", store -> store.write(prototypes[1]));
            saved = finish(bench.beginSnapshot());
        }
        try (Bench bench = new Bench(backend, saved)) {
            bench.with("a", holds(prototypes[0]));
            bench.with("b", holds(prototypes[1]));
            bench.with("a", store -> store.write(States.withPayload()));
            saved = finish(bench.beginSnapshot());
        }
        try (Bench bench = new Bench(backend, saved)) {
            bench.with("a", holds(States.withPayload()));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void stateOfThisLayout_isRefusedByTheOlderOne(Backend backend) throws Exception {
        OperatorSubtaskState saved;
        try (Bench bench = new Bench(backend, null, context -> new DirectStore(context, PayloadTypes.none()))) {
            bench.with("a", store -> store.write(States.exact()));
            saved = finish(bench.beginSnapshot());
        }
        assertThatThrownBy(() -> {
            try (Bench bench = new Bench(backend, saved, context -> new OlderStore(context, new LayoutZeroSerializer()))) {
                bench.with("a", PosteriorStore::read);
            }
        }).hasStackTraceContaining("StateMigrationException");
    }

    /** A store as an older release had it. */
    private static final class OlderStore implements PosteriorStore {
        private final ValueState<PosteriorState> state;

        OlderStore(RuntimeContext context, LayoutZeroSerializer serializer) {
            state = context.getState(new ValueStateDescriptor<>(DirectStore.STATE_NAME, new OwnTypeInformation<>(PosteriorState.class, serializer)));
        }

        @Override
        public java.util.Optional<PosteriorState> read() {
            try {
                return java.util.Optional.ofNullable(state.value());
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void write(PosteriorState next) {
            try {
                state.update(next);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void forget() { state.clear(); }
    }
}
