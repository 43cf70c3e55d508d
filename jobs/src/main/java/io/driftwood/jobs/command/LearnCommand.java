package io.driftwood.jobs.command;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Table;
import io.driftwood.inference.learn.Training;
import io.driftwood.inference.learn.Trainings;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.particle.Particles;
import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.wire.LearnedEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
        Configuration configuration = arguments.loadLearning();
        Checks.require(configuration, ExitCode.CONFIGURATION);
        PrintWriter err = command.commandLine().getErr();
        long begin = System.nanoTime();
        byte[] line = new LearnedEncoder().encode(learn(configuration, err)).value();
        err.printf(Locale.ROOT, "done in %.1f s%n", (System.nanoTime() - begin) / 1e9);
        if (out == null) {
            command.commandLine().getOut().println(new String(line, StandardCharsets.UTF_8));
            command.commandLine().getOut().flush();
        } else {
            Files.writeString(out, new String(line, StandardCharsets.UTF_8) + "\n");
        }
        return ExitCode.DONE;
    }

    private static Learned learn(Configuration configuration, PrintWriter err) {
        Settings settings = configuration.settings();
        try {
            Table table = settings.table("data");
            int[] chosen = columns(settings, table);
            Particles rows = rows(settings, table, chosen);
            Training training = Trainings.CATALOGUE.build(settings.struct("training"));
            if (!training.refusal(rows).isEmpty()) {
                throw settings.problem("data", training.refusal(rows));
            }
            List<String> fields = Arrays.stream(chosen).mapToObj(c -> table.columns().isEmpty() ? "x" + (c + 1) : table.columns().get(c)).toList();
            err.println("driftwood " + Opening.version() + " learn '" + settings.text("name") + "': " + settings.struct("training").type() + " from " + rows.size + " rows of "
                    + rows.dimension + " numbers, seed " + settings.integer("seed"));
            return training.learn(rows, fields, settings.text("name"), settings.integer("seed"), sentence -> {
                err.println(sentence);
                err.flush();
            });
        } catch (ConfigurationException e) {
            Checks.require(configuration.with(e.problems()), ExitCode.CONFIGURATION);
            throw e;
        }
    }

    private static int[] columns(Settings settings, Table table) {
        if (!settings.has("columns")) {
            return IntStream.range(0, table.width()).toArray();
        }
        return settings.texts("columns").stream().mapToInt(name -> {
            int column = table.columns().indexOf(name);
            if (column < 0) {
                throw settings.problem("columns", "there is no column " + name + " of numbers; there are " + String.join(", ", table.columns()));
            }
            return column;
        }).toArray();
    }

    /** Rows without a missing number. */
    private static Particles rows(Settings settings, Table table, int[] columns) {
        double[][] complete = Arrays.stream(table.rows()).filter(row -> Arrays.stream(columns).allMatch(c -> Double.isFinite(row[c]))).toArray(double[][]::new);
        if (complete.length == 0 || columns.length == 0) {
            throw settings.problem("data", "needs rows of at least one number without missing ones");
        }
        Particles rows = new Particles(complete.length, columns.length);
        for (int i = 0; i < complete.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                rows.set(j, i, complete[i][columns[j]]);
            }
        }
        rows.pad();
        return rows;
    }
}
