package io.driftwood.jobs.command;

import io.driftwood.connectors.standard.OutputClosedException;
import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.topology.Books;
import io.driftwood.jobs.topology.Causes;
import io.driftwood.jobs.topology.FlinkOptions;
import io.driftwood.jobs.topology.JobPlan;
import io.driftwood.jobs.topology.PosteriorJob;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
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
    public Integer call() throws Exception {
        Configuration configuration = arguments.load();
        JobPlan plan = Checks.plan(configuration);
        Checks.requireBounded(configuration, plan);
        Checks.requireOutside(configuration, plan);
        PrintWriter err = command.commandLine().getErr();
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(FlinkOptions.ofReplay(plan));
        PosteriorJob.build(environment, plan);
        try {
            JobExecutionResult result = environment.execute(plan.name());
            Books books = Books.of(result.getAllAccumulatorResults());
            err.println(books);
            return books.close() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (Exception e) {
            if (Causes.find(e, OutputClosedException.class).isPresent()) {
                return ExitCode.DONE;
            }
            throw new Failure(ExitCode.FAILED, "error: the job failed. " + Causes.message(e), e);
        }
    }
}
