package io.driftwood.jobs.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.variational.Bound;
import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.configuration.LearnedFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningSessionTest {

    @TempDir
    private Path directory;

    private TuningPlan plan(int seed) throws IOException {
        Path file = Files.writeString(directory.resolve("target.yaml"), """
                target: {type: posterior, model: {type: glm, response: y, features: [x]}, data: data.csv}
                sampler: {type: annealed-path, bridges: 5, iterations: 120, start-iterations: 50}
                seed: %d
                """.formatted(seed));
        if (!Files.exists(directory.resolve("data.csv"))) {
            Files.writeString(directory.resolve("data.csv"), "x,y\n0.5,1\n-1,0\n2,1\n0.3,0\n1.1,1\n");
        }
        return TuningPlan.of(Configuration.loadSample(file, List.of(), Map.of()));
    }

    private Path checkpoint() {
        return directory.resolve("checkpoint");
    }

    @Test
    void aRunThatWasStopped_comesToTheSameTuningToTheBit() throws IOException {
        TuningSession whole = TuningSession.begin(plan(1), checkpoint());
        whole.advance(1000);
        TuningSession first = TuningSession.begin(plan(1), checkpoint());
        first.advance(37);
        first.save();
        TuningSession second = TuningSession.resume(plan(1), checkpoint());
        assertThat(second.iteration()).isEqualTo(37);
        second.advance(22);
        second.save();
        TuningSession third = TuningSession.resume(plan(1), checkpoint());
        third.advance(1000);
        assertThat(third.done()).isTrue();
        assertThat(text(third.learned(third.result(), 1))).isEqualTo(text(whole.learned(whole.result(), 1)));
        third.forget();
        assertThat(checkpoint()).doesNotExist();
    }

    @Test
    void aCheckpoint_isOfItsTargetAndSeed() throws IOException {
        TuningSession.begin(plan(1), checkpoint()).save();
        TuningSession.resume(plan(1), checkpoint());
        assertThatThrownBy(() -> TuningSession.resume(plan(2), checkpoint())).isInstanceOf(TuningSession.ForeignCheckpointException.class);
        Files.writeString(directory.resolve("data.csv"), "x,y\n0.5,1\n-1,0\n2,1\n0.3,0\n1.1,0\n");
        assertThatThrownBy(() -> TuningSession.resume(plan(1), checkpoint())).as("other data under the same name")
                .isInstanceOf(TuningSession.ForeignCheckpointException.class).hasMessageContaining("another target");
    }

    @Test
    void progressOutsideATerminal_isALineWithBoundAndTimeLeft() {
        StringWriter out = new StringWriter();
        AtomicLong clock = new AtomicLong();
        TuningDisplay display = new TuningDisplay.Lines(2000, 200, new PrintWriter(out), clock::get);
        clock.set(30_000_000_000L);
        display.show(500, new Bound(-111.7234, 0.0217), 0);
        clock.set(60_000_000_000L);
        display.show(800, new Bound(-111.6, 0.02), 2);
        assertThat(out.toString().lines()).containsExactly("tune 25%  500/2000  eta 2m30s  ELBO -111.723 ± 0.022", "tune 40%  800/2000  eta 2m  ELBO -111.600 ± 0.020  recoveries 2");
    }

    private String text(Learned learned) throws IOException {
        Path file = directory.resolve("learned");
        LearnedFile.write(file, learned);
        return Files.readString(file);
    }
}
