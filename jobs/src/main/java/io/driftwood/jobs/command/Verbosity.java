package io.driftwood.jobs.command;

import picocli.CommandLine.Option;

/** {@code -v}: shows the log and, after a failure, where it happened. */
final class Verbosity {

    @Option(names = {"-v", "--verbose"}, description = "Shows Flink's log and, after a failure, the stack trace.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }
}
