package io.driftwood.jobs.command;

import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.progress.ProgressOptions;
import io.driftwood.jobs.topology.Books;
import io.driftwood.jobs.topology.FlinkOptions;
import io.driftwood.jobs.topology.JobPlan;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "replay", mixinStandardHelpOptions = true,
        description = "Runs an input that ends through the job, on this machine, as fast as it goes. Data goes to stdout, talk to stderr.",
        footer = {"", "Examples:", "  driftwood replay examples/oring/oring.yaml", "  driftwood replay job.yaml --seed 7 --parallelism 4 > summaries.jsonl"})
final class ReplayCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Mixin private ConfigurationArguments arguments;
    @Mixin private Verbosity verbosity;

    @Override
    public Integer call() {
        Configuration configuration = arguments.load();
        JobPlan plan = Checks.plan(configuration);
        Checks.requireBounded(configuration, plan);
        Checks.requireOutside(configuration, plan);
        PrintWriter err = command.commandLine().getErr();
        org.apache.flink.configuration.Configuration flink = FlinkOptions.ofReplay(plan);
        ProgressOptions.addTo(flink, "replay", plan.source().records());
        err.println(Opening.line("replay", configuration, plan));
        long begin = System.nanoTime();
        Optional<Books> books = Minicluster.replay(plan, flink);
        books.ifPresent(b -> err.printf(Locale.ROOT, "done in %.1f s: %s%n", (System.nanoTime() - begin) / 1e9, b));
        return books.isEmpty() || books.get().close() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
