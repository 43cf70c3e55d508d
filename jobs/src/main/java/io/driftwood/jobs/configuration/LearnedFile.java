package io.driftwood.jobs.configuration;

import io.driftwood.inference.learned.Learned;
import io.driftwood.wire.LearnedDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file of something learned: records of {@code driftwood/learned/v1}, one a line. */
final class LearnedFile {

    private LearnedFile() {}

    /** The version that supersedes all others in the file. */
    static Learned newest(String path) throws IOException {
        Optional<Learned> newest = Optional.empty();
        try (var lines = Files.newBufferedReader(Path.of(path), StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    Learned read = read(path, number, line);
                    newest = newest.filter(other -> !read.supersedes(other)).or(() -> Optional.of(read));
                }
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + path);
        }
        return newest.orElseThrow(() -> new IOException(path + " holds nothing learned"));
    }

    private static Learned read(String path, int number, String line) throws IOException {
        try {
            return LearnedDecoder.read(line.getBytes(StandardCharsets.UTF_8));
        } catch (LearnedDecoder.UnreadableException e) {
            throw new IOException("line " + number + " of " + path + " is not something learned: " + e.getMessage());
        }
    }
}
