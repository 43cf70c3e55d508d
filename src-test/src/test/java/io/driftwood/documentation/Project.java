package io.driftwood.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the project, seen from a test, which runs in the directory of its module. */
final class Project {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".mvn", "driftwood-state");

    private Project() {}

    /** Every Markdown page, as a path from the root. */
    static List<Path> pages() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(ROOT::relativize)
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.of(file.toString().split("[/\\\\]")).noneMatch(NOT_OURS::contains))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path fromRoot) {
        try {
            return Files.readString(ROOT.resolve(fromRoot));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
