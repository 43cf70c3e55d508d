package io.driftwood.connectors.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Finds the files a path means: the file itself, every file below a directory, or every file that fits a glob, in the order of their names. */
final class InputFiles {

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
