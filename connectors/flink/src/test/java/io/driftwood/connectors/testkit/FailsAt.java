package io.driftwood.connectors.testkit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Lets records pass and throws once at each of some: the first time it meets a record with that number. What has already
 * failed is known per name and outlives the restarts of a job in this process.
 */
public final class FailsAt<T> implements MapFunction<T, T> {

    private static final long serialVersionUID = 1;
    private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

    private final String name;
    private final Set<Long> numbers;
    private final Numbering<T> numbering;

    /** A function to a number that Flink can ship. */
    public interface Numbering<T> extends ToLongFunction<T>, java.io.Serializable {}

    public FailsAt(String name, Numbering<T> numbering, Long... numbers) {
        this.name = name;
        this.numbering = numbering;
        this.numbers = Set.of(numbers);
    }

    public static long failures(String name) {
        return FAILED.stream().filter(failed -> failed.startsWith(name + "@")).count();
    }

    @Override
    public T map(T record) {
        long number = numbering.applyAsLong(record);
        if (numbers.contains(number) && FAILED.add(name + "@" + number)) {
            throw new IllegalStateException("injected at " + number);
        }
        return record;
    }
}
