package io.driftwood.jobs.demo;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.SinkConnector;
import io.driftwood.connectors.standard.StandardOutput;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.wire.OutputRecord;
import io.driftwood.wire.SummaryDecoder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Writes the summaries of the O-ring stream as lines for people, where another job writes JSON. */
public final class DemoSink implements SinkConnector {

    private final List<Launch> launches;

    /** @param csv the lines of {@code oring.csv} */
    public DemoSink(List<String> csv) {
        this.launches = List.copyOf(Launch.read(csv));
    }

    @Override
    public List<Problem> check(ConnectorContext context) {
        return List.of();
    }

    @Override
    public boolean oneWriter() {
        return true;
    }

    @Override
    public void write(DataStream<OutputRecord> records, String uid, ConnectorContext context) {
        records.sinkTo(new Table(launches)).setParallelism(1).name(uid).uid(uid);
    }

    private record Table(List<Launch> launches) implements Sink<OutputRecord> {
        @Override
        public SinkWriter<OutputRecord> createWriter(WriterInitContext context) {
            return new Writer(launches, new PrintStream(System.out, true, StandardCharsets.UTF_8));
        }
    }

    private static final class Writer implements SinkWriter<OutputRecord> {

        private final List<Launch> launches;
        private final PrintStream out;
        private final SummaryDecoder decoder = new SummaryDecoder();
        private PosteriorSummary last;

        Writer(List<Launch> launches, PrintStream out) {
            this.launches = launches;
            this.out = out;
        }

        @Override
        public void write(OutputRecord record, Context context) throws IOException {
            PosteriorSummary summary = decoder.decode(record.value());
            if (last == null) {
                DemoText.heading(summary.particles()).forEach(out::println);
            }
            last = summary;
            out.println(DemoText.row(launches.get((int) summary.seq() - 1), summary));
            if (out.checkError()) {
                throw StandardOutput.failure();
            }
        }

        @Override
        public void flush(boolean endOfInput) {
            if (endOfInput && last != null) {
                DemoText.learnt(last).forEach(out::println);
            }
        }

        @Override
        public void close() {}
    }
}
