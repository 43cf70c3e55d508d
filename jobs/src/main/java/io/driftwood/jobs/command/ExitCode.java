package io.driftwood.jobs.command;

/** What the process says when it ends. A contract: numbers never change their meaning. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int CONFIGURATION = 3;
    static final int OUTSIDE = 4;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
