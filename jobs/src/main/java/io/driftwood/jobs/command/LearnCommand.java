package io.driftwood.jobs.command;

import io.driftwood.jobs.topology.LearnPlan;
import io.driftwood.wire.LearnedEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "learn", mixinStandardHelpOptions = true,
        description = "Learns a prior or a denoiser from a table, for samplers by denoising and for jobs to take up. What is learned goes to stdout, talk to stderr.",
        footer = {"", "Examples:", "  driftwood learn digits.yaml > digits.learned.jsonl", "  driftwood learn digits.yaml --seed 2 --set training.steps=10000 --out digits.learned.jsonl"})
final class LearnCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Mixin private ConfigurationArguments arguments;
    @Mixin private Verbosity verbosity;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes to a file instead of stdout.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        LearnPlan plan = Checks.learnPlan(arguments.loadLearning());
        PrintWriter err = command.commandLine().getErr();
        long begin = System.nanoTime();
        err.println("driftwood " + Opening.version() + " learn '" + plan.name() + "': " + plan.words());
        byte[] line = new LearnedEncoder().encode(plan.learn(sentence -> {
            err.println(sentence);
            err.flush();
        })).value();
        err.printf(Locale.ROOT, "done in %.1f s%n", (System.nanoTime() - begin) / 1e9);
        if (out == null) {
            command.commandLine().getOut().println(new String(line, StandardCharsets.UTF_8));
            command.commandLine().getOut().flush();
        } else {
            Files.writeString(out, new String(line, StandardCharsets.UTF_8) + "\n");
        }
        return ExitCode.DONE;
    }
}
