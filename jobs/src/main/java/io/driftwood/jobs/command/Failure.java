package io.driftwood.jobs.command;

/** An end that has been explained to people already, or is explained by its message; never a stack trace. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final int exitCode;

    Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    Failure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
