package io.driftwood.jobs.topology;

import java.util.Optional;
import org.apache.flink.util.SerializedThrowable;

/** Why a Flink job failed, said without the layers that Flink wraps around it. */
public final class Causes {

    private Causes() {}

    /** The first cause of a type, also where Flink has serialised it. */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable at = failure; at != null; at = next(at)) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    /** The message of the innermost of our own exceptions, or else of the innermost of all. */
    public static String message(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable at = failure; at != null; at = next(at)) {
            if (at.getClass().getName().startsWith("io.driftwood.") || isStep(at)) {
                return at.getMessage();
            }
            innermost = at;
        }
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }

    /** The posterior operator names key, event time and operator in its own words. */
    private static boolean isStep(Throwable failure) {
        return failure instanceof IllegalStateException && failure.getMessage() != null && failure.getMessage().startsWith("key '");
    }

    private static Throwable next(Throwable failure) {
        if (failure instanceof SerializedThrowable serialized) {
            Throwable original = serialized.deserializeError(Thread.currentThread().getContextClassLoader());
            return original != failure ? original : failure.getCause();
        }
        return failure.getCause();
    }
}
