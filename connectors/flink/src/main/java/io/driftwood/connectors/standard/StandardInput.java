package io.driftwood.connectors.standard;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.Reading;
import io.driftwood.connectors.contract.RecordOptions;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.connectors.file.LineSource;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RecordFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Standard input to its end, copied to a temporary file before the job starts: a stream that cannot be read twice could not be
 * replayed after a failure. The file is deleted when the process exits.
 */
public final class StandardInput implements SourceConnector {

    public static final Entry<SourceConnector> ENTRY = Entry.of(
            "stdin",
            "CSV or JSON lines from standard input, read to its end before the job starts.",
            StandardInput::new,
            RecordOptions.FORMAT,
            RecordOptions.COLUMNS,
            RecordOptions.SEPARATOR,
            RecordOptions.MAX_RECORD_BYTES);

    private final RecordFormat format;
    private final int maxRecordBytes;

    private StandardInput(Settings settings) {
        format = RecordOptions.format(settings, ".json").orElseThrow();
        maxRecordBytes = RecordOptions.maxRecordBytes(settings);
    }

    @Override
    public boolean bounded() {
        return true;
    }

    @Override
    public RecordFormat format() {
        return format;
    }

    @Override
    public List<Problem> check(ConnectorContext context) {
        return List.of();
    }

    @Override
    public DataStream<Decoded> read(StreamExecutionEnvironment environment, Reading reading, ConnectorContext context) {
        return LineSource.of(spool(), "stdin", format, maxRecordBytes).read(environment, reading);
    }

    private static Path spool() {
        try {
            Path file = Files.createTempFile("driftwood-stdin-", ".lines");
            file.toFile().deleteOnExit();
            Files.copy(System.in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be copied to a temporary file: " + e.getMessage(), e);
        }
    }
}
