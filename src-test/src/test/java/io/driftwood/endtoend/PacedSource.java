package io.driftwood.endtoend;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.Reading;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.connectors.testkit.PacedFailures;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RecordFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A source so slow that checkpoints complete while it is read, behind which the job fails some times, each time after a checkpoint.
 *
 * @param name of the failures, unique among the tests of a process
 */
record PacedSource(SourceConnector inner, String name, int failures) implements SourceConnector {

    private static final long PACE_NANOS = 10_000_000;

    @Override
    public boolean bounded() { return inner.bounded(); }

    @Override
    public RecordFormat format() { return inner.format(); }

    @Override
    public List<Problem> check(ConnectorContext context) { return inner.check(context); }

    @Override
    public DataStream<Decoded> read(StreamExecutionEnvironment environment, Reading reading, ConnectorContext context) {
        DataStream<Decoded> records = inner.read(environment, reading, context);
        return records.map(PacedSource::slowly, reading.type()).setParallelism(records.getParallelism()).name("slow").uid("slow")
                .map(new PacedFailures<>(name, failures)).returns(reading.type()).setParallelism(records.getParallelism()).name("fails").uid("fails");
    }

    private static Decoded slowly(Decoded record) {
        LockSupport.parkNanos(PACE_NANOS);
        return record;
    }
}
