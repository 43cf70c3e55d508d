package io.driftwood.connectors.standard;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A standard stream takes no more, and not because its reader has had enough: lines are lost. It ends the job without a restart. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class OutputFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public OutputFailedException(String stream) {
        super("Standard " + stream + " cannot be written: is the disk full on which it is kept?");
    }
}
