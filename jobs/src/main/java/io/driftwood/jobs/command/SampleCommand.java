package io.driftwood.jobs.command;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.topology.FlinkOptions;
import io.driftwood.jobs.topology.SampleJob;
import io.driftwood.jobs.topology.SamplePlan;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "sample", mixinStandardHelpOptions = true,
        description = "Draws from a target that needs no stream, on this machine. Draws go to stdout, talk and diagnostics to stderr.",
        footer = {"", "Examples:", "  driftwood sample examples/mixture/mixture.yaml > draws.jsonl", "  driftwood sample target.yaml --chains 8 --seed 7 --set sampler=ais"})
final class SampleCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Mixin private ConfigurationArguments arguments;
    @Mixin private Verbosity verbosity;

    @Option(names = "--chains", paramLabel = "N", description = "Sets chains: how many independent runs.")
    private Long chains;

    @Override
    public Integer call() {
        Configuration configuration = arguments.loadSample(chains);
        SamplePlan plan = Checks.samplePlan(configuration);
        Checks.require(configuration.with(plan.check()), ExitCode.OUTSIDE);
        PrintWriter err = command.commandLine().getErr();
        err.println(opening(configuration, plan));
        long begin = System.nanoTime();
        boolean finished = Minicluster.toItsEnd(environment -> SampleJob.build(environment, plan), FlinkOptions.ofSample(plan)).isPresent();
        if (finished) {
            err.printf(Locale.ROOT, "done in %.1f s%n", (System.nanoTime() - begin) / 1e9);
        }
        return ExitCode.DONE;
    }

    /** What is needed to run it again with the same answer. */
    private static String opening(Configuration configuration, SamplePlan plan) {
        Settings settings = configuration.settings();
        return "driftwood " + Opening.version() + " sample '" + plan.name() + "': " + settings.struct("target").type() + " by "
                + settings.struct("sampler").type() + ", " + plan.chains() + " chains of " + settings.count("particles") + " particles, seed "
                + settings.integer("seed") + ", configuration " + Opening.fingerprint(configuration) + ", numerics " + LaneMath.get().name();
    }
}
