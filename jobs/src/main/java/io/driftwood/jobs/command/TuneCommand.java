package io.driftwood.jobs.command;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.variational.PathTuner;
import io.driftwood.inference.variational.TunedPath;
import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.configuration.LearnedFile;
import io.driftwood.jobs.tune.TuningDisplay;
import io.driftwood.jobs.tune.TuningPlan;
import io.driftwood.jobs.tune.TuningSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sun.misc.Signal;
import sun.misc.SignalHandler;

@Command(name = "tune", mixinStandardHelpOptions = true,
        description = {"Fits annealed paths to a target and writes the tuning to a file, for driftwood sample and for running jobs.",
            "Ctrl-C once saves how far it is and stops, twice stops at once; the same command goes on from there."},
        footer = {"", "Examples:", "  driftwood tune target.yaml --output paths.json", "  driftwood tune target.yaml --set sampler.bridges=32"})
final class TuneCommand implements Callable<Integer> {

    private static final long SAVE_EVERY = Duration.ofSeconds(5).toNanos();
    /** Iterations between two looks at clock and signals last about this long. */
    private static final long LOOK_EVERY = Duration.ofMillis(100).toNanos();

    @Spec private CommandSpec command;
    @Mixin private ConfigurationArguments arguments;
    @Mixin private Verbosity verbosity;

    @Option(names = "--output", paramLabel = "FILE", description = "Where the tuning goes; without it to sampler.tuning of the configuration, or else NAME.tuning.json.")
    private Path output;

    @Option(names = "--fresh", description = "Begins anew where there is a checkpoint.")
    private boolean fresh;

    private final AtomicBoolean stopped = new AtomicBoolean();

    @Override
    public Integer call() throws IOException {
        Configuration configuration = arguments.loadSample(null);
        TuningPlan plan = plan(configuration);
        Path file = output != null ? output : plan.output().orElse(Path.of(plan.name() + ".tuning.json"));
        long version = nextVersion(file);
        PrintWriter err = command.commandLine().getErr();
        err.println("driftwood " + Opening.version() + " tune '" + plan.name() + "': " + plan.target() + " in " + plan.problem().target().dimension()
                + " dimensions, " + plan.preset().words() + ", seed " + plan.seed() + ", configuration " + plan.fingerprint() + ", numerics " + LaneMath.get().name());
        long begin = System.nanoTime();
        TuningSession session = session(plan, file.resolveSibling(file.getFileName() + ".checkpoint"), err);
        List<Runnable> handedBack = stopOnSignal(err);
        tune(session, plan.preset().iterations(), err);
        handedBack.forEach(Runnable::run);
        return session.done() ? finish(session, file, version, begin, err) : interrupted(session, err);
    }

    private static TuningPlan plan(Configuration configuration) {
        Checks.require(configuration, ExitCode.CONFIGURATION);
        try {
            return TuningPlan.of(configuration);
        } catch (ConfigurationException e) {
            Checks.require(configuration.with(e.problems()), ExitCode.CONFIGURATION);
            throw e;
        }
    }

    /** One more than that of the tuning that is there. */
    private static long nextVersion(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 1;
        }
        try {
            Learned before = LearnedFile.read(file);
            before.require(TunedPath.TYPE);
            return before.version() + 1;
        } catch (IOException | Learned.UnfitException e) {
            throw new Failure(ExitCode.CONFIGURATION, "error: " + file + " is there and is no tuning, and is left as it is: " + e.getMessage()
                    + "\nhelp: name another file with --output", e);
        }
    }

    private TuningSession session(TuningPlan plan, Path checkpoint, PrintWriter err) throws IOException {
        if (fresh || !Files.exists(checkpoint)) {
            err.println("fitting the first normal ...");
            err.flush();
            TuningSession session = TuningSession.begin(plan, checkpoint);
            session.save();
            return session;
        }
        try {
            TuningSession session = TuningSession.resume(plan, checkpoint);
            err.println("going on from " + checkpoint + ", after " + session.iteration() + " iterations");
            return session;
        } catch (TuningSession.ForeignCheckpointException e) {
            throw new Failure(ExitCode.CONFIGURATION, "error: " + e.getMessage() + "\nhelp: --fresh begins anew in its place", e);
        }
    }

    /** The first asks, the second does not. What is returned gives the signals back to those who had them. */
    private List<Runnable> stopOnSignal(PrintWriter err) {
        List<Runnable> handedBack = new ArrayList<>();
        for (Signal signal : List.of(new Signal("INT"), new Signal("TERM"))) {
            SignalHandler before = Signal.handle(signal, heard -> {
                if (stopped.getAndSet(true)) {
                    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
                }
                err.println("Saving and stopping; once more stops at once ...");
                err.flush();
            });
            handedBack.add(() -> Signal.handle(signal, before));
        }
        return handedBack;
    }

    private void tune(TuningSession session, int iterations, PrintWriter err) throws IOException {
        try (TuningDisplay display = TuningDisplay.of(iterations, session.iteration(), err)) {
            long shown = System.nanoTime();
            long saved = shown;
            int stride = 1;
            while (!session.done() && !stopped.get()) {
                long before = System.nanoTime();
                session.advance(stride);
                long now = System.nanoTime();
                stride = now - before > LOOK_EVERY ? Math.max(1, stride / 2) : 2 * stride;
                if (now - saved >= SAVE_EVERY) {
                    session.save();
                    saved = now;
                }
                if (now - shown >= display.every()) {
                    display.show(session.iteration(), session.result().bound(), session.recoveries());
                    shown = now;
                }
            }
        }
    }

    private static int finish(TuningSession session, Path file, long version, long begin, PrintWriter err) throws IOException {
        PathTuner.Result result = session.result();
        if (!Double.isFinite(result.bound().mean())) {
            throw new Failure(ExitCode.FAILED, "error: every way that was tried leads paths out of the target's support, so there is no tuning to write."
                    + "\nhelp: give the target a reference that covers it, or take more bridges");
        }
        LearnedFile.write(file, session.learned(result, version));
        session.forget();
        err.printf(Locale.ROOT, "%s after %d iterations, step %.4g, friction %.4g, %d recoveries%n", TuningDisplay.words(result.bound()), result.iterations(),
                result.parameters().step(), result.parameters().friction(), result.recoveries());
        err.printf(Locale.ROOT, "done in %.1f s: version %d in %s%n", (System.nanoTime() - begin) / 1e9, version, file);
        return ExitCode.DONE;
    }

    private int interrupted(TuningSession session, PrintWriter err) throws IOException {
        session.save();
        err.println("Stopped after " + session.iteration() + " iterations. To go on, the same command again:  driftwood tune " + arguments.file());
        return ExitCode.INTERRUPTED;
    }
}
