package io.driftwood.jobs.bench;

import java.io.PrintWriter;
import java.util.List;

/**
 * Benchmarks that {@code driftwood bench} runs, found by {@link java.util.ServiceLoader}: they live with the tests and are not in the jar
 * that users deploy.
 */
public interface Benchmarks {

    /** The names that may be asked for. */
    List<String> names();

    /**
     * Runs some benchmarks.
     *
     * @param names which; empty for all
     * @param json whether to write JSON instead of a table
     * @param out where results go
     * @param err where talk goes
     * @return an exit code: 0, or 1 when a benchmark failed
     */
    int run(List<String> names, boolean json, PrintWriter out, PrintWriter err);
}
