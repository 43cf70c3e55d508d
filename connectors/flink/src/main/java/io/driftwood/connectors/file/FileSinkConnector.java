package io.driftwood.connectors.file;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.SinkConnector;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.wire.OutputRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/** JSON lines in one local file, each record once also over failures. */
public final class FileSinkConnector implements SinkConnector {

    public static final Entry<SinkConnector> ENTRY = Entry.of(
            "file",
            "JSON lines in one local file, exactly once: after a failure the file is cut back to the last checkpoint.",
            FileSinkConnector::new,
            Option.required("path", Shape.file(), "The file; its directory must exist."),
            Option.withDefault("append", Shape.flag(), false,
                    "Keep what a file already holds and write behind it; otherwise a new job replaces it."));

    private final Settings settings;
    private final String path;
    private final boolean append;

    private FileSinkConnector(Settings settings) {
        this.settings = settings;
        this.path = settings.text("path");
        this.append = settings.flag("append");
    }

    /** The file behind links; what is no path of a file, of which {@link #check} tells, is taken as it stands. */
    @Override
    public String sole() {
        try {
            Path file = Path.of(path).toAbsolutePath().normalize();
            return Files.exists(file) ? file.toRealPath().toString() : file.getParent().toRealPath().resolve(file.getFileName()).toString();
        } catch (IOException | InvalidPathException e) {
            return path;
        }
    }

    @Override
    public boolean oneWriter() {
        return true;
    }

    @Override
    public List<Problem> check(ConnectorContext context) {
        String problem = problem();
        return problem.isEmpty() ? List.of() : List.of(Problem.at(settings.pathOf("path"), path, problem));
    }

    private String problem() {
        Path file;
        try {
            file = Path.of(path).toAbsolutePath();
        } catch (InvalidPathException e) {
            return "is no path of a local file: " + e.getMessage();
        }
        Path directory = file.getParent();
        if (path.contains("://")) {
            return "must be a local file";
        } else if (Files.isDirectory(file)) {
            return "is a directory";
        } else if (!Files.isDirectory(directory)) {
            return "cannot be written: the directory " + directory + " does not exist";
        } else if (Files.exists(file) && !Files.isRegularFile(file)) {
            return "is not a regular file";
        } else if (!Files.isWritable(Files.exists(file) ? file : directory)) {
            return "cannot be written: permission denied";
        }
        return "";
    }

    @Override
    public void write(DataStream<OutputRecord> records, String uid, ConnectorContext context) {
        Path file = Path.of(path).toAbsolutePath();
        records.sinkTo(new LinesFile(file.toString(), append ? length(file) : 0)).setParallelism(1).name(uid).uid(uid);
    }

    private static long length(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
