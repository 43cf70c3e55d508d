package io.driftwood.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.learned.Learned;
import io.driftwood.jobs.configuration.LearnedFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tuning a target into a file, and sampling by it. */
class TuneTest {

    @TempDir
    private Path directory;

    private StringWriter err = new StringWriter();

    private int run(String command, String... arguments) throws IOException {
        err = new StringWriter();
        List<String> line = new ArrayList<>(List.of(command, directory.resolve("target.yaml").toString()));
        line.addAll(Arrays.asList(arguments));
        return Commands.execute(new PrintWriter(new StringWriter()), new PrintWriter(err, true), line.toArray(String[]::new));
    }

    private void target(String sampler) throws IOException {
        Files.writeString(directory.resolve("target.yaml"), """
                name: bent
                target: {type: banana, sd: 1, bend: 0.5}
                sampler: %s
                particles: 500
                chains: 2
                sinks:
                  - {type: file, path: out.jsonl}
                  - {type: file, path: talk.txt, of: diagnostics}
                """.formatted(sampler));
    }

    @Test
    void aTuningIsWritten_andSamplingByItFitsNothing() throws IOException {
        target("{type: annealed-path, tuning: paths.json, iterations: 200, start-iterations: 100}");
        assertThat(run("sample")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("sampler.tuning").contains("there is no file ");

        assertThat(run("tune")).as("%s", err).isZero();
        assertThat(err.toString()).contains("tune 'bent': banana in 2 dimensions, uha over 8 bridges").containsPattern("ELBO -?[0-9.]+ ± [0-9.]+ after [0-9]+ iterations")
                .contains("version 1 in " + directory.resolve("paths.json"));
        assertThat(directory.resolve("paths.json.checkpoint")).doesNotExist();
        Learned tuning = LearnedFile.read(directory.resolve("paths.json"));
        assertThat(tuning.type()).isEqualTo("tuned-path");
        assertThat(tuning.name()).isEqualTo("bent");
        assertThat(tuning.labels()).containsEntry("method", "uha").containsEntry("target", "banana");
        assertThat(tuning.array("bound", 2)[0]).isBetween(-0.5, 0.1);

        assertThat(run("sample")).as("%s", err).isZero();
        assertThat(Files.readString(directory.resolve("talk.txt"))).contains("tuning version").doesNotContain("tuning iterations");

        assertThat(run("tune")).as("%s", err).isZero();
        assertThat(LearnedFile.read(directory.resolve("paths.json")).version()).isEqualTo(2);

        target("{type: annealed-path, tuning: paths.json, strata: [2]}");
        assertThat(run("sample")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("sampler.strata").contains("a tuning file holds paths of one stratum");
    }

    @Test
    void whatCannotBeTuned_isSaid() throws IOException {
        target("smc");
        assertThat(run("tune")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("has nothing to be tuned beforehand").contains("write  sampler: {type: annealed-path}");

        target("{type: annealed-path, strata: [2], iterations: 100, start-iterations: 100}");
        assertThat(run("tune")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("sampler.strata").contains("a tuning file holds paths of one stratum");
        assertThat(run("sample")).as("%s", err).isZero();
        assertThat(Files.readString(directory.resolve("talk.txt"))).contains("strata").contains("unbiased");

        target("{type: annealed-path, iterations: 20, start-iterations: 20}");
        Path precious = Files.writeString(directory.resolve("precious.txt"), "mine");
        assertThat(run("tune", "--output", precious.toString())).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("is there and is no tuning, and is left as it is");
        assertThat(precious).hasContent("mine");
    }

    @Test
    void aTuningOfAnotherDimension_isRefusedBeforeAnythingRuns() throws IOException {
        String file = directory.resolve("paths.json").toString();
        target("{type: annealed-path, iterations: 20, start-iterations: 20}");
        assertThat(run("tune", "--output", file)).as("%s", err).isZero();
        Files.writeString(directory.resolve("target.yaml"), """
                name: three
                target: {type: gaussian, mean: [0, 0, 0], sd: 1}
                sampler: {type: annealed-path, tuning: paths.json}
                """);
        assertThat(run("sample")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("is tuned in 2 dimensions, and here are 3");
    }

    @Test
    void aCheckpointOfSomethingElse_isNotGoneOnWith_unlessFresh() throws IOException {
        String file = directory.resolve("paths.json").toString();
        target("{type: annealed-path, iterations: 20, start-iterations: 20}");
        LearnedFile.write(directory.resolve("paths.json.checkpoint"), Learned.of("bent", "path-tuning", 3, Long.MIN_VALUE,
                java.util.Map.of("configuration", "00000000"), java.util.Map.of()));
        assertThat(run("tune", "--output", file)).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString()).contains("is a checkpoint of another target, sampler or seed").contains("--fresh");
        assertThat(run("tune", "--output", file, "--fresh")).as("%s", err).isZero();
    }
}
