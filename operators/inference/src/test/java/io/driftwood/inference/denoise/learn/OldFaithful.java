package io.driftwood.inference.denoise.learn;

import io.driftwood.inference.particle.Particles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Eruptions and waiting times, minutes. */
final class OldFaithful {

    private OldFaithful() {}

    static Particles rows() {
        try {
            List<String> lines = Files.readAllLines(Path.of(OldFaithful.class.getResource("/data/old_faithful.csv").toURI()));
            Particles rows = new Particles(lines.size() - 1, 2);
            for (int i = 0; i < rows.size; i++) {
                String[] fields = lines.get(i + 1).split(",");
                rows.set(0, i, Double.parseDouble(fields[1]));
                rows.set(1, i, Double.parseDouble(fields[2]));
            }
            rows.pad();
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
