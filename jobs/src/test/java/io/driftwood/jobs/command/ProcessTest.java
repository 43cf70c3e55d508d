package io.driftwood.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: standard streams, exit codes, signals. */
class ProcessTest {

    private static final String ORING = Path.of("..", "examples", "oring", "oring.yaml").toAbsolutePath().normalize().toString();
    private static final long SECONDS = 300;

    @TempDir
    private Path directory;

    private ProcessBuilder driftwood(String... arguments) {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("--enable-")).forEach(line::add);
        line.addAll(List.of("-Ddriftwood.launcher=true", "-cp", System.getProperty("java.class.path"), "io.driftwood.jobs.Driftwood"));
        line.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(line).directory(directory.toFile()).redirectError(directory.resolve("err").toFile());
    }

    private String err() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("ends by itself").isTrue();
        return process.exitValue();
    }

    @Test
    void theDemoShowsEveryLaunchAndWhatWasLearnt() throws Exception {
        Process demo = driftwood("demo", "--particles", "1024").start();
        List<String> lines = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertThat(end(demo)).isZero();
        assertThat(lines).filteredOn(line -> line.matches(".*\\d{4}-\\d\\d-\\d\\d +\\d\\d °F +(ok|DAMAGED) .*")).hasSize(23)
                .first().asString().startsWith("STS-1   1981-04-12  66 °F  ok ");
        assertThat(lines).anyMatch(line -> line.contains("exactly, by quadrature, -15.76"))
                .anyMatch(line -> line.contains("23 records in = 23 assimilated + 0 late + 0 rejected + 0 dead letters"));
        assertThat(lines.toString()).doesNotContain("\u001b");
        assertThat(err().lines().filter(line -> !line.startsWith("WARNING:"))).containsExactly("Starting Flink in this process ...");
    }

    @Test
    void stdoutHoldsOnlyData_andOthersWhoReadOnlyItsBeginningHearNothing() throws Exception {
        Process replay = driftwood("replay", ORING, "--particles", "64").start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(replay.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).startsWith("{\"schema\":\"driftwood/posterior-summary/v1\"");
        }
        assertThat(end(replay)).isZero();
        assertThat(err()).doesNotContain("rror").doesNotContain("\tat ");
    }

    @Test
    void ctrlCSavesTheState_andTheJobGoesOnFromThereWithoutAGap() throws Exception {
        // Slow by its many particles and its full history, so that it is still running when it is interrupted; with so few records under way
        // between source and operator that a savepoint, which waits for them, is soon taken.
        Path job = Files.writeString(directory.resolve("job.yaml"), """
                name: slow
                model: {type: glm, response: y, features: [x]}
                sampler: {particles: 8000}
                source: {type: file, path: in.jsonl}
                sinks: [{type: file, path: out.jsonl}]
                flink:
                  execution.checkpointing.interval: 200 ms
                  taskmanager.memory.segment-size: 4 kb
                  taskmanager.network.memory.buffers-per-channel: 1
                  taskmanager.network.memory.floating-buffers-per-gate: 1
                """);
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            records.add("{\"x\":%s,\"y\":%d}".formatted(Math.sin(i), i * 7 % 3 == 0 ? 1 : 0));
        }
        Files.write(directory.resolve("in.jsonl"), records);

        String savepoint = interruptAfter(5, driftwood("run", job.toString()).start());
        long before = lines();
        String again = interruptAfter(before + 5, driftwood("run", job.toString(), "--from-savepoint", savepoint).start());

        assertThat(again).isNotEqualTo(savepoint);
        Matcher seq = Pattern.compile("\"seq\":(\\d+),").matcher(Files.readString(directory.resolve("out.jsonl")));
        long expected = 0;
        while (seq.find()) {
            assertThat(Long.parseLong(seq.group(1))).isEqualTo(++expected);
        }
        assertThat(expected).isGreaterThan(before);
    }

    /** Interrupts a run once so many lines are written, and returns where it has saved its state. */
    private String interruptAfter(long lines, Process run) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (lines() < lines) {
            assertThat(run.isAlive() && System.nanoTime() < deadline).as("writes its lines; it said: " + err()).isTrue();
            run.waitFor(50, TimeUnit.MILLISECONDS);
        }
        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(run.pid())).start().waitFor()).isZero();
        assertThat(end(run)).as(err()).isEqualTo(130);
        Matcher saved = Pattern.compile("saved in (\\S+)").matcher(err());
        assertThat(saved.find()).as(err()).isTrue();
        assertThat(err()).contains("To go on:  driftwood run").contains("--from-savepoint " + saved.group(1));
        return saved.group(1);
    }

    @Test
    void ctrlCSavesTheTuning_andTheSameCommandGoesOnToTheSameFile() throws Exception {
        Path target = Files.writeString(directory.resolve("target.yaml"), """
                name: slow
                target: {type: gaussian-mixture, means: [[-2, 0], [2, 1]], sd: 0.5}
                sampler: {type: annealed-path, start: reference, bridges: 32, iterations: 1500}
                """);
        Process tune = driftwood("tune", target.toString(), "--output", "a.json").start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!Files.exists(directory.resolve("a.json.checkpoint"))) {
            assertThat(tune.isAlive() && System.nanoTime() < deadline).as("begins; it said: " + err()).isTrue();
            tune.waitFor(10, TimeUnit.MILLISECONDS);
        }
        tune.waitFor(300, TimeUnit.MILLISECONDS);
        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(tune.pid())).start().waitFor()).isZero();
        assertThat(end(tune)).as(err()).isEqualTo(130);
        assertThat(err()).containsPattern("Stopped after [0-9]+ iterations. To go on, the same command again");
        assertThat(directory.resolve("a.json")).doesNotExist();

        assertThat(end(driftwood("tune", target.toString(), "--output", "a.json").start())).as(err()).isZero();
        assertThat(err()).containsPattern("going on from a.json.checkpoint, after [1-9][0-9]* iterations");
        assertThat(end(driftwood("tune", target.toString(), "--output", "b.json").start())).as(err()).isZero();
        assertThat(directory.resolve("a.json")).hasSameBinaryContentAs(directory.resolve("b.json"));
    }

    private long lines() throws IOException {
        Path out = directory.resolve("out.jsonl");
        return Files.exists(out) ? Files.readString(out).lines().count() : 0;
    }
}
