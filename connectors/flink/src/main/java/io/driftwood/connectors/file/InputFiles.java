package io.driftwood.connectors.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Finds the files a path means: the file itself, every file below a directory, or every file that fits a glob, in the order of their names. */
final class InputFiles {

    /** About a quarter of a second of counting. */
    private static final long COUNTED_BYTES = 256L * 1024 * 1024;
    private static final String WILDCARDS = "*?[{";

    private InputFiles() {}

    /** Throws {@link FileNotFoundException} when there are none. Names that start with a dot or an underscore are hidden. */
    static List<Path> find(String text) throws IOException {
        Path path = absolute(text);
        FileSystem files = path.getFileSystem();
        List<Path> found = new ArrayList<>();
        if (files.exists(path)) {
            collect(files, files.getFileStatus(path), found);
            requireSome(found, "the directory holds no files");
        } else if (firstWildcard(text) >= 0) {
            Path directory = absolute(text.substring(0, text.lastIndexOf('/', firstWildcard(text)) + 1));
            if (files.exists(directory)) {
                collect(files, files.getFileStatus(directory), found);
            }
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path.getPath());
            found.removeIf(file -> !matcher.matches(java.nio.file.Path.of(file.getPath())));
            requireSome(found, "no file fits this pattern");
        }
        requireSome(found, "there is no such file");
        found.sort(Comparator.comparing(Path::toString));
        return found;
    }

    /** Lines without the headers; empty when the files are so large that counting would be felt. */
    static OptionalLong countLines(List<Path> files, boolean headed) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += file.getFileSystem().getFileStatus(file).getLen();
        }
        if (bytes > COUNTED_BYTES) {
            return OptionalLong.empty();
        }
        long lines = 0;
        for (Path file : files) {
            lines += Math.max(0, countLines(file) - (headed ? 1 : 0));
        }
        return OptionalLong.of(lines);
    }

    /** The last line counts also without an end. */
    private static long countLines(Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long lines = 0;
        byte last = '\n';
        try (InputStream in = file.getFileSystem().open(file)) {
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
                last = buffer[n - 1];
            }
        }
        return last == '\n' ? lines : lines + 1;
    }

    private static void collect(FileSystem files, FileStatus status, List<Path> found) throws IOException {
        if (!status.isDir()) {
            found.add(status.getPath());
            return;
        }
        for (FileStatus inside : files.listStatus(status.getPath())) {
            String name = inside.getPath().getName();
            if (!name.startsWith(".") && !name.startsWith("_")) {
                collect(files, inside, found);
            }
        }
    }

    private static Path absolute(String text) {
        return text.contains("://") ? new Path(text) : new Path(java.nio.file.Path.of(text).toAbsolutePath().normalize().toString());
    }

    private static int firstWildcard(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (WILDCARDS.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static void requireSome(List<Path> found, String otherwise) throws FileNotFoundException {
        if (found.isEmpty()) {
            throw new FileNotFoundException(otherwise);
        }
    }
}
