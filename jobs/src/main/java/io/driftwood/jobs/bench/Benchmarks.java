package io.driftwood.jobs.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Benchmarks that {@code driftwood bench} runs, found by {@link java.util.ServiceLoader}: they live with the tests and are not in the jar
 * that users deploy.
 */
public interface Benchmarks {

    /**
     * How benchmarks are to run.
     *
     * @param json whether to write JSON instead of a table
     * @param full whether to run what takes hours too
     * @param data files of data that may not be kept here, by name
     * @param page where a benchmark that writes a page writes it
     */
    record Wishes(boolean json, boolean full, Map<String, Path> data, Optional<Path> page) {

        /** None: a table of what runs without more. */
        public static final Wishes NONE = new Wishes(false, false, Map.of(), Optional.empty());
    }

    /** The names that may be asked for. */
    List<String> names();

    /**
     * Runs some benchmarks.
     *
     * @param names which; empty for all
     * @param wishes how
     * @param out where results go
     * @param err where talk goes
     * @return an exit code: 0, or 1 when a benchmark failed
     */
    int run(List<String> names, Wishes wishes, PrintWriter out, PrintWriter err);
}
