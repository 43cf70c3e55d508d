package io.driftwood.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a home of its own, with a Java that only says what it was given. */
class LauncherTest {

    private static final String ANNOUNCEMENT = "WARNING: Using incubator modules: jdk.incubator.vector";

    @TempDir
    private Path directory;

    private Path home;
    private Path java;
    private String out;
    private String err;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(directory.resolve("with space").resolve("home"));
        Files.createDirectories(home.resolve("jobs/target/lib"));
        Files.createFile(home.resolve("jobs/target/driftwood.jar"));
        Files.copy(Path.of("..", "driftwood"), home.resolve("driftwood"));
        assertThat(home.resolve("driftwood").toFile().setExecutable(true)).isTrue();
        java = script(directory.resolve("jdk/bin/java"), """
                for word in "$@"; do printf '%s\\n' "$word"; done
                printf 'WARNING: Using incubator modules: jdk.incubator.vector\\nWARNING: Using something else\\ntalk without end of line' >&2
                exit 7
                """);
        version("21.0.4");
    }

    /** Sources that are older than the build, and a wrapper of Maven that only counts. */
    private Path layOutACheckout() throws IOException {
        Path source = Files.createDirectories(home.resolve("jobs/src/main")).resolve("A.java");
        Files.createFile(home.resolve("pom.xml"));
        Files.createFile(source);
        script(home.resolve("mvnw"), "echo built >> \"$(dirname \"$0\")/calls\"\n");
        script(directory.resolve("jdk/bin/javac"), "");
        for (Path old : List.of(home.resolve("pom.xml"), source)) {
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(100)));
        }
        return source;
    }

    private static Path script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + body);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private void version(String version) throws IOException {
        Files.writeString(directory.resolve("jdk/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private int launch(Path script, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(script.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.redirectOutput(directory.resolve("out").toFile());
        Process process = builder.start();
        err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        out = Files.readString(directory.resolve("out"));
        return code;
    }

    @Test
    void argumentsAndExitCodePassThrough_alsoWithSpacesAndThroughSymbolicLinks() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Files.createSymbolicLink(home.resolve("relative"), Path.of("driftwood")));
        assertThat(launch(link, "replay", "my job.yaml", "--set", "a=b c")).isEqualTo(7);
        assertThat(out.lines()).containsSubsequence("-cp", home.toRealPath() + "/jobs/target/driftwood.jar:" + home.toRealPath() + "/jobs/target/lib/*",
                "io.driftwood.jobs.Driftwood", "replay", "my job.yaml", "--set", "a=b c");
    }

    @Test
    void theVectorModuleIsAddedWithoutItsAnnouncement_andNothingElseIsSwallowed() throws Exception {
        launch(home.resolve("driftwood"), "demo");
        assertThat(out.lines()).containsSubsequence("--add-modules", "jdk.incubator.vector");
        assertThat(err).isEqualTo("WARNING: Using something else\ntalk without end of line");
    }

    @Test
    void commandsThatDoNotComputeStartWithoutIt() throws Exception {
        launch(home.resolve("driftwood"), "validate", "x.yaml");
        assertThat(out).doesNotContain("jdk.incubator.vector");
        assertThat(err).startsWith(ANNOUNCEMENT);
    }

    @Test
    void optionsOfNewerJavaAreOnlyGivenToNewerJava() throws Exception {
        launch(home.resolve("driftwood"), "run");
        assertThat(out).doesNotContain("--sun-misc-unsafe-memory-access");
        version("25.0.3");
        launch(home.resolve("driftwood"), "run");
        assertThat(out).contains("--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void anOldJavaIsRefusedInOneSentence() throws Exception {
        version("11.0.2");
        assertThat(launch(home.resolve("driftwood"), "demo")).isEqualTo(1);
        assertThat(err.strip()).isEqualTo("Driftwood needs Java 17 or later; " + java + " is 11. Set JAVA_HOME.");
    }

    /** The process of this test stands for a job that runs from the checkout; one of a number that no process has is forgotten. */
    @Test
    void aBuildWaitsForWhoeverRunsFromTheOneThereIs() throws Exception {
        Path source = layOutACheckout();
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        Path job = Files.createDirectories(home.resolve("jobs/target/running")).resolve(String.valueOf(ProcessHandle.current().pid()));
        Files.createFile(job);
        assertThat(launch(home.resolve("driftwood"), "--help")).as("the old build is run").isEqualTo(7);
        assertThat(home.resolve("calls")).doesNotExist();
        assertThat(err).contains("The sources have changed, but process " + ProcessHandle.current().pid() + " runs from this build");

        Files.move(job, job.resolveSibling("99999999"));
        launch(home.resolve("driftwood"), "--help");
        assertThat(home.resolve("calls")).hasContent("built");
        assertThat(job.resolveSibling("99999999")).doesNotExist();
    }

    @Test
    void aCheckoutIsBuiltWhenASourceIsNewer_andOnlyThen() throws Exception {
        Path source = layOutACheckout();
        launch(home.resolve("driftwood"), "--help");
        assertThat(home.resolve("calls")).doesNotExist();

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        launch(home.resolve("driftwood"), "--help");
        assertThat(home.resolve("calls")).hasContent("built");
        assertThat(err).contains("The sources have changed; building Driftwood again ...");
    }

    @Test
    void aFailedBuildShowsItsLog() throws Exception {
        Files.delete(home.resolve("jobs/target/driftwood.jar"));
        Files.createFile(home.resolve("pom.xml"));
        script(home.resolve("mvnw"), "echo 'cannot find symbol'\nexit 1\n");
        script(directory.resolve("jdk/bin/javac"), "");
        assertThat(launch(home.resolve("driftwood"), "demo")).isEqualTo(1);
        assertThat(err).contains("cannot find symbol").contains("The build failed; its whole log is");
        assertThat(out).isEmpty();
    }
}
