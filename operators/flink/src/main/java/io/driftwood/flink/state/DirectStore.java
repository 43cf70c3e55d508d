package io.driftwood.flink.state;

import io.driftwood.inference.assimilate.PosteriorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * Every read and write goes to Flink's state backend: nothing is serialised on the heap backend (copies are made only while a snapshot
 * runs), the whole posterior is on RocksDB.
 */
public final class DirectStore implements PosteriorStore {

    /** The name of the state in savepoints; never change it. */
    public static final String STATE_NAME = "posterior";

    private final ValueState<PosteriorState> posterior;

    public DirectStore(RuntimeContext context, PayloadTypes payloads) {
        posterior = context.getState(new ValueStateDescriptor<>(STATE_NAME, PosteriorStateSerializer.typeInformation(payloads)));
    }

    @Override
    public Optional<PosteriorState> read() {
        try {
            return Optional.ofNullable(posterior.value());
        } catch (IOException e) {
            throw new UncheckedIOException("the posterior could not be read", e);
        }
    }

    @Override
    public void write(PosteriorState state) {
        try {
            posterior.update(state);
        } catch (IOException e) {
            throw new UncheckedIOException("the posterior could not be written", e);
        }
    }

    @Override
    public void forget() { posterior.clear(); }
}
