package io.driftwood.connectors.kafka;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A record is larger than Kafka's producer sends. Every later one would be as large (their size follows from the
 * configuration), so the job stops and is not restarted. Dead letters cannot get here: what they carry is bounded well below
 * the producer's default of 1 MiB.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class RecordTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RecordTooLargeException(String topic, long size, int maxRequestSize) {
        super("A record of " + size + " bytes for the topic `" + topic + "` is larger than Kafka's producer sends ("
                + maxRequestSize + " bytes). Let `samples` keep fewer particles, or raise `max.request.size` in the `kafka:`"
                + " section and `max.message.bytes` of the topic.");
    }
}
