package io.driftwood.connectors.standard;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Whoever read our standard output has had enough ({@code | head}). It ends the job without a restart; a command that finds
 * it among the causes of a failed job says nothing and succeeds.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class OutputClosedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public OutputClosedException() {
        super("The reader of standard output has closed it.");
    }
}
