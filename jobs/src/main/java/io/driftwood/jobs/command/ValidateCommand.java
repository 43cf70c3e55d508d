package io.driftwood.jobs.command;

import io.driftwood.inference.catalogue.Effective;
import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.topology.JobPlan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "validate", mixinStandardHelpOptions = true, description = "Checks a configuration and reports every problem at once.",
        footer = {"", "Examples:", "  driftwood validate job.yaml", "  driftwood validate job.yaml --explain --set sampler.particles=4096"})
final class ValidateCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Mixin private ConfigurationArguments configuration;
    @Mixin private Verbosity verbosity;

    @Option(names = "--explain", description = "Shows every value in use and who set it: flag, environment, file or default.")
    private boolean explain;

    @Override
    public Integer call() {
        boolean job = !configuration.isSample() && !configuration.isLearning();
        Configuration checked = job ? Checks.inside(configuration.load()) : configuration.isSample()
                ? Checks.insideSample(configuration.loadSample(null)) : Checks.insideLearning(configuration.loadLearning());
        if (explain) {
            explain(job && checked.problems().isEmpty() ? inUse(checked) : checked.effective(), command.commandLine().getOut());
        }
        Checks.require(checked, ExitCode.CONFIGURATION);
        command.commandLine().getErr().println(configuration.file() + " is valid.");
        return ExitCode.DONE;
    }

    /** Without the defaults that this job does not read; what was given in vain is shown as such. */
    private static List<Effective> inUse(Configuration valid) {
        Set<String> unused = JobPlan.of(valid.settings()).unusedOfSampler();
        List<Effective> shown = new ArrayList<>();
        for (Effective value : valid.effective()) {
            if (unused.stream().noneMatch(name -> isAtOrBelow("sampler." + name, value.path()))) {
                shown.add(value);
            } else if (!value.origin().equals(Effective.DEFAULT)) {
                shown.add(new Effective(value.path(), value.text(), value.origin() + ", of no use in this job"));
            }
        }
        return shown;
    }

    private static boolean isAtOrBelow(String section, String path) {
        return path.equals(section) || path.startsWith(section + ".") || path.startsWith(section + "[");
    }

    private static void explain(List<Effective> values, PrintWriter out) {
        int path = values.stream().mapToInt(v -> v.path().length()).max().orElse(0);
        int text = Math.min(40, values.stream().mapToInt(v -> v.text().length()).max().orElse(0));
        for (Effective value : values) {
            out.printf("%-" + Math.max(1, path) + "s  %-" + Math.max(1, text) + "s  %s%n", value.path(), value.text(), value.origin());
        }
        out.flush();
    }
}
