package io.driftwood.jobs.command;

import io.driftwood.jobs.configuration.Assignment;
import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.demo.DemoSink;
import io.driftwood.jobs.topology.Books;
import io.driftwood.jobs.topology.FlinkOptions;
import io.driftwood.jobs.topology.JobPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "demo", mixinStandardHelpOptions = true,
        description = "Shows a posterior that learns: the shuttle launches before Challenger, launch by launch.",
        footer = {"", "Examples:", "  driftwood demo", "  driftwood demo --particles 20000 --seed 7"})
final class DemoCommand implements Callable<Integer> {

    private static final String RESOURCES = "/io/driftwood/jobs/oring/";

    @Spec private CommandSpec command;
    @Mixin private Verbosity verbosity;

    @Option(names = "--particles", paramLabel = "N", description = "How many particles approximate the posterior.")
    private Long particles;

    @Option(names = "--seed", paramLabel = "N", description = "Another seed gives other random numbers, and should give the same answer.")
    private Long seed;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        command.commandLine().getErr().println("Starting Flink in this process ...");
        Path directory = Files.createTempDirectory("driftwood-demo-");
        try {
            Optional<Books> books = show(directory);
            if (books.isPresent()) {
                closing(books.get()).forEach(out::println);
                out.flush();
            }
            return books.isEmpty() || books.get().close() ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            Files.deleteIfExists(directory.resolve("oring.csv"));
            Files.deleteIfExists(directory.resolve("oring.yaml"));
            Files.deleteIfExists(directory);
        }
    }

    /** The job of {@code examples/oring}, with a table in the place of its sinks. */
    private Optional<Books> show(Path directory) throws IOException {
        Path csv = unpack("oring.csv", directory);
        Configuration configuration = Configuration.load(unpack("oring.yaml", directory), flags(), Map.of());
        JobPlan plan = Checks.plan(configuration).withSummariesTo(new DemoSink(Files.readAllLines(csv)));
        return Minicluster.replay(plan, FlinkOptions.ofReplay(plan));
    }

    private List<Assignment> flags() {
        List<Assignment> flags = new ArrayList<>();
        if (particles != null) {
            flags.add(Assignment.ofFlag("--particles", "sampler.particles", particles));
        }
        if (seed != null) {
            flags.add(Assignment.ofFlag("--seed", "sampler.seed", seed));
        }
        flags.add(Assignment.ofFlag("demo", "flink.parallelism.default", 1L));
        return flags;
    }

    private static Path unpack(String name, Path directory) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream in = DemoCommand.class.getResourceAsStream(RESOURCES + name)) {
            Files.copy(in, file);
        }
        return file;
    }

    private static List<String> closing(Books books) {
        return List.of(
                "",
                "The books",
                "  " + books,
                "",
                "Where to go next",
                "  ./driftwood replay examples/oring/oring.yaml               the same stream as JSON lines, for programs",
                "  ./driftwood replay examples/oring/oring.yaml --seed 7      other random numbers, the same answer within its error",
                "  ./driftwood validate examples/oring/oring.yaml --explain   every setting, and who set it",
                "  ./driftwood list                                           models, transitions, sources and sinks to choose from");
    }
}
