package io.driftwood.jobs.command;

import io.driftwood.inference.catalogue.Spelling;
import io.driftwood.jobs.bench.Benchmarks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Measures how fast this machine is at what Driftwood does, each figure with its comparison in the same run.",
        footer = {"", "Examples:", "  driftwood bench", "  driftwood bench ibis --json",
                "  driftwood bench variational --data brownian=b.csv --data lorenz=l.csv"})
final class BenchCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Mixin private Verbosity verbosity;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Which benchmarks; all but the tables of variational, which take a quarter of an hour, when none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Option(names = "--full", description = "Also what takes hours: more bridges in the tables of variational.")
    private boolean full;

    @Option(names = "--data", paramLabel = "NAME=FILE", description = "Observations that may not be kept here: brownian=FILE, lorenz=FILE, CSV with the observation in the last column, empty where missing.")
    private Map<String, Path> data = new LinkedHashMap<>();

    @Option(names = "--page", paramLabel = "FILE", description = "Writes the tables of variational there as a page too.")
    private Path page;

    @Override
    public Integer call() {
        Optional<Benchmarks> benchmarks = ServiceLoader.load(Benchmarks.class).findFirst();
        if (benchmarks.isEmpty()) {
            throw new Failure(ExitCode.FAILED, "error: the benchmarks are not in this jar. Run ./driftwood bench from a checkout of the sources.");
        }
        List<String> known = benchmarks.get().names();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(command.commandLine(), "there is no benchmark '" + name + "', only " + String.join(", ", known)
                        + Spelling.nearest(name, known).map(word -> "; did you mean " + word + "?").orElse(""));
            }
        }
        int code = benchmarks.get().run(names, new Benchmarks.Wishes(json, full, data, Optional.ofNullable(page)), command.commandLine().getOut(), command.commandLine().getErr());
        command.commandLine().getOut().flush();
        return code;
    }
}
