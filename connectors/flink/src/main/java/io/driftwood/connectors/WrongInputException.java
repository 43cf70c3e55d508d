package io.driftwood.connectors;

import io.driftwood.wire.DeadLetter;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** Not one record could be read: the wrong file or topic, or the wrong field names. Reading it again would not help, so Flink does not restart the job. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class WrongInputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public WrongInputException(long records, DeadLetter last) {
        super((records == 1 ? "The only record could not be read. " : "None of the first " + records + " records could be read. The last, ")
                + (records == 1 ? "At " : "") + last.record().origin() + " " + last.record().offset() + ": " + last.reason());
    }
}
