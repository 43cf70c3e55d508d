package io.driftwood.jobs.command;

import io.driftwood.jobs.configuration.Assignment;
import io.driftwood.jobs.configuration.Configuration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The configuration file and the flags that go over it; shared by every command that reads one. */
final class ConfigurationArguments {

    @Spec(Spec.Target.MIXEE) private CommandSpec command;

    @Parameters(paramLabel = "CONFIG", description = "The job's configuration, a YAML file.")
    private Path file;

    @Option(names = "--set", paramLabel = "PATH=VALUE",
            description = "Sets one value of the configuration, such as sampler.ess-threshold=0.7. May be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Sets sampler.seed, or seed of a target to sample.")
    private Long seed;

    @Option(names = "--particles", paramLabel = "N", description = "Sets sampler.particles, or particles of a target to sample.")
    private Long particles;

    @Option(names = "--parallelism", paramLabel = "N", description = "Sets flink.parallelism.default. The answer does not depend on it.")
    private Long parallelism;

    Path file() {
        return file;
    }

    Configuration load() {
        List<Assignment> flags = flags("sampler.");
        if (Configuration.isSample(file)) {
            throw new Failure(ExitCode.CONFIGURATION, "error: " + file + " is about a target and not about a stream: driftwood sample " + file);
        }
        return Configuration.load(file, flags, System.getenv());
    }

    /** @param chains may be null */
    Configuration loadSample(Long chains) {
        List<Assignment> flags = flags("");
        if (Configuration.isStream(file)) {
            throw new Failure(ExitCode.CONFIGURATION, "error: " + file + " is about a stream and not about a target: driftwood replay " + file);
        }
        add(flags, "--chains", "chains", chains);
        return Configuration.loadSample(file, flags, System.getenv());
    }

    Configuration loadLearning() {
        return Configuration.loadLearning(file, flags(""), System.getenv());
    }

    /** Whether the file is about a target to sample. */
    boolean isSample() {
        return Configuration.isSample(file);
    }

    /** Whether the file is about what is to be learned from a table. */
    boolean isLearning() {
        return Configuration.isLearning(file);
    }

    private List<Assignment> flags(String section) {
        List<Assignment> flags = new ArrayList<>();
        for (String assignment : assignments) {
            flags.add(Assignment.ofFlag(assignment).orElseThrow(() -> new ParameterException(
                    commandLine(), "--set needs PATH=VALUE, such as sampler.seed=7; got '" + assignment + "'")));
        }
        add(flags, "--seed", section + "seed", seed);
        add(flags, "--particles", section + "particles", particles);
        add(flags, "--parallelism", "flink.parallelism.default", parallelism);
        return flags;
    }

    private CommandLine commandLine() {
        return command.commandLine();
    }

    private static void add(List<Assignment> flags, String flag, String path, Long value) {
        if (value != null) {
            flags.add(Assignment.ofFlag(flag, path, value));
        }
    }
}
