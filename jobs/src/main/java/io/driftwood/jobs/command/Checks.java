package io.driftwood.jobs.command;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.configuration.ProblemReport;
import io.driftwood.jobs.topology.JobPlan;
import io.driftwood.jobs.topology.LearnPlan;
import io.driftwood.jobs.topology.SamplePlan;
import java.util.List;
import java.util.function.Function;

/** Everything that is checked before a job is started; what is found ends the command with one report. */
final class Checks {

    private Checks() {}

    /** The configuration with all problems that can be found without asking an outside system. */
    static Configuration inside(Configuration configuration) { return inside(configuration, JobPlan::of); }

    /** The same of a target to sample. */
    static Configuration insideSample(Configuration configuration) { return inside(configuration, SamplePlan::of); }

    /** The same of what is to be learned from a table. */
    static Configuration insideLearning(Configuration configuration) { return inside(configuration, LearnPlan::of); }

    /** Builds also where problems are known, for more of them. */
    private static Configuration inside(Configuration configuration, Function<Settings, ?> build) {
        if (configuration.settings().values().isEmpty()) {
            return configuration;
        }
        try {
            build.apply(configuration.settings());
            return configuration;
        } catch (ConfigurationException e) {
            return configuration.with(e.problems());
        }
    }

    static SamplePlan samplePlan(Configuration configuration) {
        require(insideSample(configuration), ExitCode.CONFIGURATION);
        return SamplePlan.of(configuration.settings());
    }

    static LearnPlan learnPlan(Configuration configuration) {
        require(insideLearning(configuration), ExitCode.CONFIGURATION);
        return LearnPlan.of(configuration.settings());
    }

    static JobPlan plan(Configuration configuration) {
        require(inside(configuration), ExitCode.CONFIGURATION);
        return JobPlan.of(configuration.settings());
    }

    static void requireBounded(Configuration configuration, JobPlan plan) {
        if (!plan.bounded()) {
            String input = plan.source().bounded() ? "questions, learned or learn" : "source";
            require(configuration.with(List.of(Problem.at(input, null, "has no end, and a replay needs one")
                    .suggesting("give it an `until`, or use driftwood run"))), ExitCode.CONFIGURATION);
        }
    }

    /** Asks sources and sinks whether they are there. */
    static void requireOutside(Configuration configuration, JobPlan plan) {
        require(configuration.with(plan.check()), ExitCode.OUTSIDE);
    }

    static void require(Configuration configuration, int exitCode) {
        if (!configuration.problems().isEmpty()) {
            throw new Failure(exitCode, String.join("\n", new ProblemReport(configuration).lines()));
        }
    }
}
