package io.driftwood.jobs.command;

import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.configuration.ProblemReport;

/** Checks a configuration as far as that goes without starting anything. */
final class Checks {

    private Checks() {}

    static Configuration of(Configuration configuration) {
        return configuration;
    }

    /** Ends the command with the report of all problems, when there are any. */
    static void require(Configuration configuration) {
        if (!configuration.problems().isEmpty()) {
            throw new Failure(ExitCode.CONFIGURATION, String.join("\n", new ProblemReport(configuration).lines()));
        }
    }
}
