package io.driftwood.jobs.command;

import io.driftwood.connectors.standard.OutputClosedException;
import io.driftwood.jobs.topology.Books;
import io.driftwood.jobs.topology.Causes;
import io.driftwood.jobs.topology.JobPlan;
import io.driftwood.jobs.topology.PosteriorJob;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink in this process. */
final class Minicluster {

    private Minicluster() {}

    /** Runs a bounded job to its end. Empty when whoever read standard output has had enough. */
    static Optional<Books> replay(JobPlan plan, Configuration flink) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(flink);
        PosteriorJob.build(environment, plan);
        try {
            return Optional.of(Books.of(environment.execute(plan.name()).getAllAccumulatorResults()));
        } catch (Exception e) {
            if (Causes.find(e, OutputClosedException.class).isPresent()) {
                return Optional.empty();
            }
            throw new Failure(ExitCode.FAILED, "error: the job failed. " + Causes.message(e), e);
        }
    }
}
