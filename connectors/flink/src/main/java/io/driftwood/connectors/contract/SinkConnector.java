package io.driftwood.connectors.contract;

import io.driftwood.inference.catalogue.Problem;
import io.driftwood.wire.OutputRecord;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A place records go to. Any sink carries any kind of record: they are encoded before they reach it. */
public interface SinkConnector {

    /** Everything that keeps this sink from being written, found before the job starts; asks the outside system. */
    List<Problem> check(ConnectorContext context);

    /** @param uid of the sink operator, its name, and part of a transactional id: unique and stable within a job */
    void write(DataStream<OutputRecord> records, String uid, ConnectorContext context);

    /** What no other sink of a job may write to as well, because they would overwrite each other, and no source read; empty when it may be shared. */
    default String sole() {
        return "";
    }

    /** Whether one subtask writes everything, so that a job may give it records in order of event time. */
    default boolean oneWriter() {
        return false;
    }
}
