package io.driftwood.flink.state;

import io.driftwood.inference.assimilate.PosteriorState;
import java.util.Optional;

/**
 * Where the posteriors of the keys live. Every call means the current key of the operator. Callers own what they read until they
 * write it back, and keep no reference afterwards: a store over the heap backend hands out the live object, and one written to behind
 * the backend's back would tear a running snapshot.
 */
public interface PosteriorStore {

    /** The key's posterior, or empty before its first observation and after it was forgotten. */
    Optional<PosteriorState> read();

    /** Keeps the posterior as it is now. To be called after every change. */
    void write(PosteriorState state);

    /** Removes the key. */
    void forget();
}
