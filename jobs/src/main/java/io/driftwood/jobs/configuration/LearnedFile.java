package io.driftwood.jobs.configuration;

import io.driftwood.inference.learned.Learned;
import io.driftwood.wire.LearnedDecoder;
import io.driftwood.wire.LearnedEncoder;
import io.driftwood.wire.OutputRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/** A file of something learned: records of {@code driftwood/learned/v1}, one a line. */
public final class LearnedFile {

    private LearnedFile() {}

    /**
     * The version that supersedes all others in the file.
     *
     * @throws IOException when there is none; its message is one sentence for people
     */
    public static Learned read(Path file) throws IOException {
        Optional<Learned> newest = Optional.empty();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    Learned read = read(file, line, number);
                    newest = newest.filter(other -> !read.supersedes(other)).or(() -> Optional.of(read));
                }
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
        return newest.orElseThrow(() -> new IOException(file + " holds nothing learned"));
    }

    private static Learned read(Path file, String line, int number) throws IOException {
        try {
            return LearnedDecoder.read(line.getBytes(StandardCharsets.UTF_8));
        } catch (LearnedDecoder.UnreadableException e) {
            throw new IOException("line " + number + " of " + file + " is not something learned: " + e.getMessage(), e);
        }
    }

    /** In place of what was there, at one moment: whoever reads finds the old one or the new. */
    public static void write(Path file, Learned learned) throws IOException {
        OutputRecord record = new LearnedEncoder().encode(learned);
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        byte[] line = Arrays.copyOf(record.value(), record.value().length + 1);
        line[line.length - 1] = '\n';
        Files.write(beside, line);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
