package io.driftwood.connectors.contract;

import io.driftwood.inference.catalogue.Problem;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RecordFormat;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A place records come from. Decoding happens inside the source: only there is it known which file a line belongs to (and
 * what its header says) and which partition a record came from (and how far its event time has got).
 */
public interface SourceConnector {

    /** Whether the input ends. */
    boolean bounded();

    RecordFormat format();

    /** Everything that keeps this source from being read, found before the job starts; asks the outside system. */
    List<Problem> check(ConnectorContext context);

    /** One {@link Decoded} for every record, readable or not, in the order of each file or partition. */
    DataStream<Decoded> read(StreamExecutionEnvironment environment, Reading reading, ConnectorContext context);

    /** Files that are read, behind links: no sink of the same job may write to one of them. */
    default List<String> files() {
        return List.of();
    }

    /** How many records there are to read, where that can be found out quickly; for progress only. */
    default OptionalLong records() {
        return OptionalLong.empty();
    }
}
