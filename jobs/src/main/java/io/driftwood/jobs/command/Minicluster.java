package io.driftwood.jobs.command;

import io.driftwood.connectors.standard.OutputClosedException;
import io.driftwood.jobs.topology.Books;
import io.driftwood.jobs.topology.Causes;
import io.driftwood.jobs.topology.JobPlan;
import io.driftwood.jobs.topology.PosteriorJob;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Flink in this process, for one job. Held by hand and not by Flink's local environment, which shuts its cluster down in the
 * background: here everything, also the last progress, has been said when {@link #close} returns.
 */
final class Minicluster implements AutoCloseable {

    private final MiniCluster cluster;
    private final JobClient client;

    private Minicluster(MiniCluster cluster, JobClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    static Minicluster start(JobPlan plan, Configuration flink) throws Exception {
        return start(environment -> PosteriorJob.build(environment, plan), flink);
    }

    private static Minicluster start(Consumer<StreamExecutionEnvironment> job, Configuration flink) throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(flink);
        job.accept(environment);
        JobGraph graph = environment.getStreamGraph().getJobGraph();
        Configuration options = new Configuration(flink);
        options.set(RestOptions.BIND_PORT, options.getOptional(RestOptions.BIND_PORT).orElse("0"));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder().setConfiguration(options).setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(graph.getMaximumParallelism()).build());
        try {
            cluster.start();
            cluster.submitJob(graph).get();
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
        return new Minicluster(cluster, new MiniClusterJobClient(
                graph.getJobID(), cluster, Thread.currentThread().getContextClassLoader(), JobFinalizationBehavior.NOTHING));
    }

    /** Runs a bounded job to its end. Empty when whoever read standard output has had enough. */
    static Optional<Books> replay(JobPlan plan, Configuration flink) {
        return toItsEnd(environment -> PosteriorJob.build(environment, plan), flink).map(Books::of);
    }

    /** The same of any job that ends; what is there at the end are its accumulators. */
    static Optional<Map<String, Object>> toItsEnd(Consumer<StreamExecutionEnvironment> job, Configuration flink) {
        try (Minicluster running = start(job, flink)) {
            return Optional.of(running.client.getJobExecutionResult().get().getAllAccumulatorResults());
        } catch (Exception e) {
            if (Causes.find(e, OutputClosedException.class).isPresent()) {
                return Optional.empty();
            }
            throw new Failure(ExitCode.FAILED, "error: the job failed. " + Causes.message(e), e);
        }
    }

    JobClient client() {
        return client;
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
