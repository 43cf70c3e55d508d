package io.driftwood.jobs.command;

import io.driftwood.jobs.reference.ReferencePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "schema", mixinStandardHelpOptions = true,
        description = "Writes the JSON Schema of the configuration, which gives editors completion and checks.",
        footer = {"", "Examples:", "  driftwood schema > driftwood.schema.json", "  driftwood schema --out driftwood.schema.json"})
final class SchemaCommand implements Callable<Integer> {

    @Spec private CommandSpec command;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes to a file instead of stdout.")
    private Path out;

    @Option(names = "--sample", description = "Of a target for driftwood sample, instead of a job.")
    private boolean sample;

    @Option(names = "--learn", description = "Of what driftwood learn is to learn from a table, instead of a job.")
    private boolean learn;

    @Override
    public Integer call() throws IOException {
        if (sample && learn) {
            throw new ParameterException(command.commandLine(), "--sample and --learn are two schemas; ask for one");
        }
        String schema = sample ? ReferencePages.sampleSchema() : learn ? ReferencePages.learnSchema() : ReferencePages.schema();
        if (out == null) {
            command.commandLine().getOut().print(schema);
            command.commandLine().getOut().flush();
        } else {
            Files.writeString(out, schema);
        }
        return ExitCode.DONE;
    }
}
