package io.driftwood.jobs.command;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.jobs.configuration.ProblemReport;
import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line. Data goes to stdout, talk to stderr; a user's mistake is one readable message. */
@Command(name = "driftwood", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND",
        description = "Online Bayesian inference on streams.",
        subcommands = {DemoCommand.class, ReplayCommand.class, RunCommand.class, ValidateCommand.class, SimulateCommand.class, SampleCommand.class, LearnCommand.class, TuneCommand.class, PlotCommand.class,
            ListCommand.class, SchemaCommand.class, BenchCommand.class, AutoComplete.GenerateCompletion.class},
        footer = {"", "Start with:", "  driftwood demo"})
public final class Commands implements Runnable {

    @Spec private CommandSpec command;

    /** Runs one command line and returns the exit code. */
    public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return line().setOut(out).setErr(err).execute(arguments);
    }

    /** The command line itself, for running and for describing. */
    public static CommandLine line() {
        CommandLine line = new CommandLine(new Commands());
        line.addSubcommand(new ReferenceCommand()); // first, because settings pass to the commands that are there
        line.setExecutionExceptionHandler(Commands::explain);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getSubcommands().get("generate-completion").getCommandSpec().usageMessage().hidden(true);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "which command?");
    }

    private static int explain(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (failure instanceof Failure known) {
            err.println(known.getMessage());
            trace(failure.getCause(), parsed, err);
            return known.exitCode();
        } else if (failure instanceof ConfigurationException invalid) {
            List<Problem> problems = invalid.problems();
            problems.forEach(problem -> err.println("error: " + ProblemReport.headline(problem)));
            return ExitCode.CONFIGURATION;
        }
        err.println("error: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage()));
        trace(failure, parsed, err);
        return ExitCode.FAILED;
    }

    private static void trace(Throwable failure, ParseResult parsed, PrintWriter err) {
        if (failure != null && parsed.hasMatchedOption("-v")) {
            failure.printStackTrace(err);
        } else if (failure != null) {
            err.println("(-v shows where it happened)");
        }
    }
}
