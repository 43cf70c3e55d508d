package io.driftwood.jobs.command;

import io.driftwood.inference.catalogue.Spelling;
import io.driftwood.jobs.bench.Benchmarks;
import java.util.ArrayList;
import java.util.List;
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
        footer = {"", "Examples:", "  driftwood bench", "  driftwood bench ibis --json"})
final class BenchCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Mixin private Verbosity verbosity;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Which benchmarks; all when none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

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
        int code = benchmarks.get().run(names, json, command.commandLine().getOut(), command.commandLine().getErr());
        command.commandLine().getOut().flush();
        return code;
    }
}
