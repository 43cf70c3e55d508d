package io.driftwood.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where benchmarks put pictures: with those of the documentation, when started in the project; otherwise where they were started. */
final class Pictures {

    private static final Path DOCUMENTATION = Path.of("docs", "explanation", "pictures");

    private Pictures() {}

    static Path directory() { return Files.isDirectory(DOCUMENTATION) ? DOCUMENTATION : Path.of(""); }
}
