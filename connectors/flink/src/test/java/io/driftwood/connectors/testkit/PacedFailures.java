package io.driftwood.connectors.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/**
 * Lets records pass and throws a number of times, each time at the first record after a second checkpoint of the attempt has
 * completed: so every failure finds work to take back and a checkpoint to go back to. While failures are still to come it
 * passes records slowly, for checkpoints to have time between them.
 */
public final class PacedFailures<T> extends RichMapFunction<T, T> implements CheckpointListener {

    private static final long serialVersionUID = 1;
    private static final long PACE_NANOS = 100_000;
    private static final Map<String, AtomicInteger> THROWN = new ConcurrentHashMap<>();

    private final String name;
    private final int failures;
    private transient int checkpoints;
    private transient boolean passedAny;

    /** @param name counts failures across the restarts of one job; unique among the tests of a process */
    public PacedFailures(String name, int failures) {
        this.name = name;
        this.failures = failures;
    }

    public static int thrown(String name) {
        return THROWN.computeIfAbsent(name, unused -> new AtomicInteger()).get();
    }

    @Override
    public T map(T record) {
        if (thrown(name) < failures) {
            LockSupport.parkNanos(PACE_NANOS);
            if (checkpoints >= 2 && passedAny) {
                int count = THROWN.get(name).incrementAndGet();
                throw new IllegalStateException("injected failure " + count);
            }
            passedAny |= checkpoints >= 2;
        }
        return record;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        checkpoints++;
    }
}
