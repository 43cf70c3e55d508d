package io.driftwood.connectors.standard;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.SinkConnector;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.wire.OutputRecord;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * JSON lines on a standard stream of the process that runs the sink: data and nothing else, each line in one write and
 * flushed at once. What is written cannot be taken back, so a job restored after a failure repeats lines.
 */
public final class StandardOutput implements SinkConnector {

    public static final Entry<SinkConnector> STDOUT = Entry.of(
            "stdout", "JSON lines on standard output.", settings -> new StandardOutput(Stream.OUT));

    public static final Entry<SinkConnector> STDERR = Entry.of(
            "stderr", "JSON lines on standard error.", settings -> new StandardOutput(Stream.ERR));

    private enum Stream {
        OUT, ERR;

        PrintStream open() {
            return this == OUT ? System.out : System.err;
        }
    }

    private final Stream stream;

    private StandardOutput(Stream stream) {
        this.stream = stream;
    }

    @Override
    public boolean oneWriter() {
        return true;
    }

    @Override
    public List<Problem> check(ConnectorContext context) {
        return List.of();
    }

    @Override
    public void write(DataStream<OutputRecord> records, String uid, ConnectorContext context) {
        records.sinkTo(new Lines(stream)).setParallelism(1).name(uid).uid(uid);
    }

    private record Lines(Stream stream) implements Sink<OutputRecord> {
        @Override
        public SinkWriter<OutputRecord> createWriter(WriterInitContext context) {
            return new Writer(stream.open());
        }
    }

    private static final class Writer implements SinkWriter<OutputRecord> {

        private final PrintStream stream;

        Writer(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(OutputRecord record, Context context) {
            byte[] line = Arrays.copyOf(record.value(), record.value().length + 1);
            line[line.length - 1] = '\n';
            stream.write(line, 0, line.length);
            flush(false);
        }

        /** A print stream keeps quiet about errors until asked. */
        @Override
        public void flush(boolean endOfInput) {
            if (stream.checkError()) {
                throw new OutputClosedException();
            }
        }

        @Override
        public void close() {}
    }
}
