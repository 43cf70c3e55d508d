package io.driftwood.jobs.command;

import io.driftwood.jobs.topology.Books;
import io.driftwood.jobs.topology.Causes;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import sun.misc.Signal;

/** A job that runs until its input ends, it fails, or somebody stops it: the first interruption saves its state, the second stops at once. */
final class RunningJob {

    private final JobClient client;
    private final AtomicReference<CompletableFuture<String>> savepoint = new AtomicReference<>();

    RunningJob(JobClient client) {
        this.client = client;
    }

    String id() {
        return client.getJobID().toString();
    }

    int isDone(PrintWriter err) {
        err.println("Submitted as " + id());
        return ExitCode.DONE;
    }

    /** @param resumption the command that goes on from a savepoint, without the savepoint's path */
    int untilStopped(String resumption, PrintWriter err) throws InterruptedException {
        Signal.handle(new Signal("INT"), signal -> interrupted(err));
        Signal.handle(new Signal("TERM"), signal -> interrupted(err));
        try {
            JobExecutionResult result = client.getJobExecutionResult().get();
            if (savepoint.get() != null) {
                return saved(resumption, err);
            }
            Books books = Books.of(result.getAllAccumulatorResults());
            err.println("done: " + books);
            return books.close() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (ExecutionException e) {
            throw new Failure(ExitCode.FAILED, "error: the job failed. " + Causes.message(e), e);
        }
    }

    private int saved(String resumption, PrintWriter err) throws InterruptedException, ExecutionException {
        String path = savepoint.get().get();
        err.println("Stopped. The state is saved in " + path);
        err.println("To go on:  " + resumption + path);
        return ExitCode.INTERRUPTED;
    }

    private void interrupted(PrintWriter err) {
        CompletableFuture<String> begun = new CompletableFuture<>();
        if (!savepoint.compareAndSet(null, begun)) {
            err.println("Stopped at once; the last completed checkpoint is what remains.");
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
        err.println("Saving the state and stopping; once more stops at once ...");
        client.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL).whenComplete((path, failure) -> {
            if (failure == null) {
                begun.complete(path);
            } else {
                err.println("error: the state could not be saved. " + Causes.message(failure));
                begun.completeExceptionally(failure);
                savepoint.set(null);
            }
        });
    }
}
