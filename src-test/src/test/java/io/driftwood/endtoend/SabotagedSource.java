package io.driftwood.endtoend;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.Reading;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.connectors.testkit.FailsAt;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RecordFormat;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A source behind which the job fails, once at each of some records.
 *
 * @param name of the failures, unique among the tests of a process
 * @param times event times of those records
 */
record SabotagedSource(SourceConnector inner, String name, Set<Long> times) implements SourceConnector {

    @Override
    public boolean bounded() { return inner.bounded(); }

    @Override
    public RecordFormat format() { return inner.format(); }

    @Override
    public List<Problem> check(ConnectorContext context) { return inner.check(context); }

    @Override
    public DataStream<Decoded> read(StreamExecutionEnvironment environment, Reading reading, ConnectorContext context) {
        DataStream<Decoded> records = inner.read(environment, reading, context);
        return records.map(new FailsAt<>(name, SabotagedSource::time, times.toArray(Long[]::new)), reading.type())
                .setParallelism(records.getParallelism()).name("fails").uid("fails");
    }

    private static long time(Decoded decoded) { return decoded instanceof Decoded.Read read ? read.observation().eventTime() : -1; }
}
