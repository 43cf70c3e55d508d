package io.driftwood.endtoend;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, as the launcher starts it, from this build's class path. */
final class DriftwoodProcess {

    private static final long PATIENCE_SECONDS = 180;

    private final Path directory;
    private final List<String> options = new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Ddriftwood.launcher=true"));
    private boolean vectors;

    /** @param directory where it is started, and where its streams are kept */
    DriftwoodProcess(Path directory) { this.directory = directory; }

    DriftwoodProcess numerics(String implementation) {
        vectors = implementation.equals("vector");
        options.add("-Ddriftwood.numeric=" + implementation);
        return this;
    }

    /** What a process left behind. Standard output also as its bytes. */
    record Ended(int code, byte[] bytes, List<String> err) {
        List<String> out() { return new String(bytes, StandardCharsets.UTF_8).lines().toList(); }

        String talk() { return String.join("\n", err); }
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        File out = Files.createTempFile(directory, "out-", ".txt").toFile();
        return run(out, arguments);
    }

    /** @param out where standard output goes */
    Ended run(File out, String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile(directory, "err-", ".txt");
        Process process = new ProcessBuilder(command(arguments)).directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(out).redirectError(err.toFile()).start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + PATIENCE_SECONDS + " s: " + String.join(" ", arguments));
            }
        } finally {
            process.destroyForcibly();
        }
        byte[] bytes = out.isFile() ? Files.readAllBytes(out.toPath()) : new byte[0];
        // Java's own announcement of the vector module, which the launcher takes away.
        List<String> talk = Files.readAllLines(err).stream().filter(line -> !line.startsWith("WARNING: Using incubator modules")).toList();
        return new Ended(process.exitValue(), bytes, talk);
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        if (vectors) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("--add-exports") || argument.startsWith("--enable-native-access"))
                .forEach(command::add);
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        // Surefire hides the class path behind a jar of its own.
        command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.driftwood.jobs.Driftwood"));
        command.addAll(List.of(arguments));
        return command;
    }
}
