package io.driftwood.jobs.command;

import io.driftwood.jobs.reference.ReferencePages;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For those who work on Driftwood itself, hence hidden. */
@Command(name = "reference", hidden = true, mixinStandardHelpOptions = true,
        description = "Writes the reference pages and the JSON Schema of the project again.",
        footer = {"", "Examples:", "  driftwood reference", "  driftwood reference ../driftwood"})
final class ReferenceCommand implements Callable<Integer> {

    @Spec private CommandSpec command;

    @Parameters(paramLabel = "DIRECTORY", defaultValue = ".", description = "The root of the project; the current directory when absent.")
    private Path root;

    @Override
    public Integer call() {
        ReferencePages.write(root, command.commandLine().getParent());
        return ExitCode.DONE;
    }
}
