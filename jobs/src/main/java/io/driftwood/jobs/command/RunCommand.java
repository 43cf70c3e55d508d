package io.driftwood.jobs.command;

import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.progress.ProgressOptions;
import io.driftwood.jobs.topology.Causes;
import io.driftwood.jobs.topology.FlinkOptions;
import io.driftwood.jobs.topology.JobPlan;
import io.driftwood.jobs.topology.PosteriorJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "run", mixinStandardHelpOptions = true,
        description = {"Runs the job until its input ends or it is stopped: in this process, or on a Flink cluster.",
            "Ctrl-C once saves the state and stops, twice stops at once."},
        footer = {"", "Examples:", "  driftwood run job.yaml", "  driftwood run job.yaml --flink localhost:8081 --parallelism 4"})
final class RunCommand implements Callable<Integer> {

    private static final Path STATE = Path.of("driftwood-state");

    @Spec private CommandSpec command;
    @Mixin private ConfigurationArguments arguments;
    @Mixin private Verbosity verbosity;

    @Option(names = "--flink", paramLabel = "HOST:PORT", description = "The REST address of a Flink cluster to run on.")
    private String cluster;

    @Option(names = "--from-savepoint", paramLabel = "PATH", description = "Goes on from a savepoint or a retained checkpoint.")
    private String savepoint;

    @Option(names = "--detached", description = "With --flink: returns when the job has been submitted.")
    private boolean detached;

    @Override
    public Integer call() throws Exception {
        if (detached && cluster == null) {
            throw new ParameterException(command.commandLine(), "--detached needs --flink: without a cluster the job lives in this process");
        }
        Configuration configuration = arguments.load();
        JobPlan plan = Checks.plan(configuration);
        Checks.requireOutside(configuration, plan);
        PrintWriter err = command.commandLine().getErr();
        err.println(Opening.line("run", configuration, plan));
        if (!StreamExecutionEnvironment.areExplicitEnvironmentsAllowed()) {
            return submit(StreamExecutionEnvironment.getExecutionEnvironment(options(FlinkOptions.ofRun(plan))), plan).isDone(err);
        } else if (cluster != null) {
            return onCluster(plan, err);
        }
        org.apache.flink.configuration.Configuration flink = options(FlinkOptions.ofEmbeddedRun(plan, STATE.resolve(plan.name()).toAbsolutePath()));
        ProgressOptions.addTo(flink, "run", OptionalLong.empty());
        try (Minicluster here = Minicluster.start(plan, flink)) {
            return new RunningJob(here.client()).untilStopped(resumption(), err);
        }
    }

    private int onCluster(JobPlan plan, PrintWriter err) throws Exception {
        int colon = cluster.lastIndexOf(':');
        if (colon <= 0 || !cluster.substring(colon + 1).matches("\\d{1,5}")) {
            throw new ParameterException(command.commandLine(), "--flink needs HOST:PORT, such as localhost:8081; got '" + cluster + "'");
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createRemoteEnvironment(
                cluster.substring(0, colon), Integer.parseInt(cluster.substring(colon + 1)), options(FlinkOptions.ofRun(plan)), jar());
        RunningJob job = submitted(environment, plan);
        err.println("Submitted as " + job.id() + "; see http://" + cluster + "/#/job/running/" + job.id());
        return detached ? ExitCode.DONE : job.untilStopped(resumption(), err);
    }

    private RunningJob submitted(StreamExecutionEnvironment environment, JobPlan plan) {
        try {
            return submit(environment, plan);
        } catch (Exception e) {
            if (Causes.find(e, IOException.class).isPresent()) {
                throw new Failure(ExitCode.OUTSIDE, "error: the Flink cluster at " + cluster + " does not answer: " + Causes.message(e), e);
            }
            throw new Failure(ExitCode.FAILED, "error: the Flink cluster at " + cluster + " did not take the job. " + Causes.message(e), e);
        }
    }

    private RunningJob submit(StreamExecutionEnvironment environment, JobPlan plan) throws Exception {
        PosteriorJob.build(environment, plan);
        JobClient client = environment.executeAsync(plan.name());
        return new RunningJob(client);
    }

    private org.apache.flink.configuration.Configuration options(org.apache.flink.configuration.Configuration flink) {
        if (savepoint != null) {
            flink.setString("execution.state-recovery.path", savepoint);
        }
        return flink;
    }

    private String resumption() {
        return "driftwood run " + arguments.file() + (cluster == null ? "" : " --flink " + cluster) + " --from-savepoint ";
    }

    /** The jar that this class is in. */
    private static String jar() throws URISyntaxException {
        Path jar = Path.of(RunCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!jar.toString().endsWith(".jar")) {
            throw new Failure(ExitCode.FAILED, "error: only the packaged jar can be submitted to a cluster, and this runs from " + jar);
        }
        return jar.toString();
    }
}
