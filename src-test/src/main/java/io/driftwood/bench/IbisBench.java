package io.driftwood.bench;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Posteriors;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.SummaryOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whole streams through IBIS with N = 1000 particles on one core: observations per second of the thread's processor time, and
 * the error of the log-evidence over seeds: root mean square and bias, in nats. The comparison is the same stream and sampler with control variates off.
 */
final class IbisBench implements Bench {

    private static final int WARM_UP = 3;
    private static final int RUNS = 20;

    @Override
    public String name() { return "ibis"; }

    @Override
    public String help() { return "Streams of a logistic regression through IBIS, N = 1000: observations/s of one core, and the error of log Z."; }

    @Override
    public List<Figure> run(PrintWriter talk) throws IOException {
        List<Figure> figures = new ArrayList<>();
        // -111.607: annealed importance sampling and bridge sampling, 0.003 apart.
        measure(Streams.ionosphere(), -111.607, figures, talk);
        Streams simulated = Streams.simulated(8, 768);
        measure(simulated, reference(simulated, talk), figures, talk);
        return figures;
    }

    /** log Z by the same recursion with 65,536 particles and long rejuvenations: its error is an order below what is measured. */
    private static double reference(Streams stream, PrintWriter talk) {
        talk.println("ibis: reference evidence of " + stream.name() + " with 65,536 particles ...");
        talk.flush();
        return run(stream, settings(65_536, true, 0)).logEvidence;
    }

    private static void measure(Streams stream, double exact, List<Figure> figures, PrintWriter talk) {
        double plain = 0;
        for (boolean controlVariates : new boolean[] {false, true}) {
            talk.println("ibis: " + stream.name() + (controlVariates ? "" : ", control variates off") + ", " + RUNS + " seeds ...");
            talk.flush();
            double squares = 0;
            double sum = 0;
            double seconds = 0;
            for (int seed = -WARM_UP; seed < RUNS; seed++) {
                long begin = cpu();
                double error = run(stream, settings(1000, controlVariates, seed)).logEvidence - exact;
                if (seed >= 0) {
                    seconds += (cpu() - begin) * 1e-9;
                    squares += error * error;
                    sum += error;
                }
            }
            double rms = Math.sqrt(squares / RUNS);
            String label = stream.name() + (controlVariates ? "" : ", control variates off");
            figures.add(Figure.alone(label + ": speed", RUNS * stream.observations().size() / seconds, "observations/s"));
            figures.add(controlVariates ? new Figure(label + ": rms error of log Z", rms, "nat", "control variates off", plain / rms)
                    : Figure.alone(label + ": rms error of log Z", rms, "nat"));
            figures.add(Figure.alone(label + ": mean error of log Z", sum / RUNS, "nat"));
            plain = rms;
        }
    }

    private static PosteriorState run(Streams stream, Settings sampler) {
        SequentialPosterior posterior = Posteriors.build(stream.model(), sampler, Optional.empty(), SummaryOptions.of("bench"));
        Scratch scratch = new Scratch();
        PosteriorState state = posterior.start("all");
        for (Observation y : stream.observations()) {
            posterior.step(state, y, scratch);
        }
        return state;
    }

    static Settings settings(long particles, boolean controlVariates, long seed) {
        Map<String, Object> given = new HashMap<>(Map.of("particles", particles, "seed", seed, "control-variates", controlVariates));
        return Checker.check(new Shape.Struct(SamplerOptions.OPTIONS), given).settings();
    }

    private static long cpu() { return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); }
}
