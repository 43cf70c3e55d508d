package io.driftwood.connectors.file;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.Reading;
import io.driftwood.connectors.contract.RecordOptions;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RecordFormat;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Files of lines, read once. An empty file is a stream without records. */
public final class FileConnector implements SourceConnector {

    public static final Entry<SourceConnector> ENTRY = Entry.of(
            "file",
            "CSV or JSON lines from a file, a directory or a glob, in the order of the names; ends with the last line.",
            FileConnector::new,
            Option.required("path", Shape.file(),
                    "A file, a directory (every file below it), or a glob such as `data/2024-*.csv`."),
            RecordOptions.FORMAT,
            RecordOptions.COLUMNS,
            RecordOptions.SEPARATOR,
            RecordOptions.MAX_RECORD_BYTES);

    private final Settings settings;
    private final String path;
    private final RecordFormat format;
    private final int maxRecordBytes;

    private FileConnector(Settings settings) {
        this.settings = settings;
        this.path = settings.text("path");
        this.format = RecordOptions.format(settings, path).orElseThrow(() -> settings.problem(
                "path", "its extension does not tell the format: say `format: csv` or `format: json`"));
        this.maxRecordBytes = RecordOptions.maxRecordBytes(settings);
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
        try {
            for (Path file : InputFiles.find(path)) {
                file.getFileSystem().open(file).close();
            }
            return List.of();
        } catch (FileNotFoundException e) {
            return List.of(Problem.at(settings.pathOf("path"), path, "cannot be read: " + e.getMessage()));
        } catch (IOException e) {
            return List.of(Problem.at(settings.pathOf("path"), path, "cannot be read: " + e));
        }
    }

    /** Those there are now; what cannot be found, of which {@link #check} tells, is none. */
    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>();
        try {
            for (Path file : InputFiles.find(path)) {
                files.add(java.nio.file.Path.of(file.getPath()).toRealPath().toString());
            }
        } catch (IOException | InvalidPathException e) {
            return files;
        }
        return files;
    }

    @Override
    public OptionalLong records() {
        try {
            return InputFiles.countLines(InputFiles.find(path), format.headed());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public DataStream<Decoded> read(StreamExecutionEnvironment environment, Reading reading, ConnectorContext context) {
        try {
            return new LineSource(InputFiles.find(path), format, Origins.byPath(), maxRecordBytes).read(environment, reading);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
