package io.driftwood.connectors.standard;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.SinkConnector;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.wire.OutputRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Of a file's mode, as in {@code sys/stat.h}: S_IFMT, S_IFIFO, S_IFSOCK. */
    private static final int FORMAT = 0xF000;
    private static final int PIPE = 0x1000;
    private static final int SOCKET = 0xC000;

    private enum Stream {
        OUT, ERR;

        PrintStream open() {
            return this == OUT ? System.out : System.err;
        }

        /**
         * Why it takes no more, which a print stream does not tell. Only a pipe or a socket has a reader who can close it; a file or a
         * device that refuses is full or broken.
         */
        RuntimeException failure() {
            try {
                int mode = (Integer) Files.getAttribute(Path.of(this == OUT ? "/dev/stdout" : "/dev/stderr"), "unix:mode");
                boolean read = (mode & FORMAT) == PIPE || (mode & FORMAT) == SOCKET;
                return read ? new OutputClosedException() : new OutputFailedException(this == OUT ? "output" : "error");
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return new OutputClosedException();
            }
        }
    }

    /** Why standard output takes no more, for whoever writes there by other means. */
    public static RuntimeException failure() {
        return Stream.OUT.failure();
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
            return new Writer(stream, stream.open());
        }
    }

    private static final class Writer implements SinkWriter<OutputRecord> {

        private final Stream name;
        private final PrintStream stream;

        Writer(Stream name, PrintStream stream) {
            this.name = name;
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
                throw name.failure();
            }
        }

        @Override
        public void close() {}
    }
}
