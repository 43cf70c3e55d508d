package io.driftwood.jobs.command;

import io.driftwood.jobs.simulate.RecordWriter;
import io.driftwood.jobs.simulate.Simulation;
import io.driftwood.jobs.topology.JobPlan;
import io.driftwood.wire.DecodeSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "simulate", mixinStandardHelpOptions = true,
        description = "Makes a stream with known truth from a job's model, as the job's source reads it; the truth goes to stderr.",
        footer = {"", "Examples:", "  driftwood simulate job.yaml --count 1000 --keys 5 > stream.jsonl",
            "  driftwood simulate job.yaml --seed 7 --out stream.csv --truth truth.jsonl"})
final class SimulateCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Mixin private ConfigurationArguments arguments;
    @Mixin private Verbosity verbosity;

    @Option(names = "--count", paramLabel = "N", defaultValue = "1000", description = "How many records, over all keys (${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--keys", paramLabel = "N", defaultValue = "1", description = "How many keys, each with its own truth (${DEFAULT-VALUE}).")
    private int keys;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the stream to a file instead of stdout.")
    private Path out;

    @Option(names = "--truth", paramLabel = "FILE", description = "Writes the truth, one JSON line a key, to a file instead of stderr.")
    private Path truth;

    @Override
    public Integer call() throws IOException {
        if (count < 0 || keys < 1) {
            throw new ParameterException(command.commandLine(), "--count must be at least 0 and --keys at least 1");
        }
        var configuration = arguments.load();
        JobPlan plan = Checks.plan(configuration);
        if (keys > 1 && plan.spec().key() instanceof DecodeSpec.KeySource.Constant) {
            throw new ParameterException(command.commandLine(), "--keys " + keys + " needs a configuration whose records have a key field");
        }
        Simulation simulation = simulation(plan, configuration.settings().struct("sampler").integer("seed"));
        RecordWriter writer = new RecordWriter(plan.spec(), plan.source().format());
        write(truth, command.commandLine().getErr(), to -> {
            for (int k = 0; k < keys; k++) {
                to.println(RecordWriter.truth(Simulation.key(k), simulation.truth(k)));
            }
        });
        write(out, command.commandLine().getOut(), to -> stream(simulation, writer, to));
        return ExitCode.DONE;
    }

    private Simulation simulation(JobPlan plan, long seed) {
        try {
            return Simulation.of(plan.model(), seed, keys);
        } catch (UnsupportedOperationException e) {
            throw new Failure(ExitCode.CONFIGURATION, "error: the model cannot be simulated, because its prior is improper", e);
        }
    }

    /** Keys take turns. */
    private void stream(Simulation simulation, RecordWriter writer, PrintWriter to) {
        writer.header().ifPresent(to::println);
        for (int i = 0; i < count && !to.checkError(); i++) {
            to.println(writer.line(Simulation.key(i % keys), i, simulation.next(i % keys)));
        }
    }

    private static void write(Path file, PrintWriter otherwise, java.util.function.Consumer<PrintWriter> content) throws IOException {
        if (file == null) {
            content.accept(otherwise);
            otherwise.flush();
            return;
        }
        try (PrintWriter to = new PrintWriter(Files.newBufferedWriter(file))) {
            content.accept(to);
            if (to.checkError()) {
                throw new IOException(file + " cannot be written");
            }
        }
    }
}
