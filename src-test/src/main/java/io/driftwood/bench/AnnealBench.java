package io.driftwood.bench;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.sample.Draws;
import io.driftwood.inference.sample.Sampler;
import io.driftwood.inference.sample.Samplers;
import io.driftwood.inference.target.PosteriorTarget;
import io.driftwood.inference.target.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A logistic regression annealed from its prior, N = 1000 on one core: independent draws' worth of posterior means per second of the
 * thread's processor time, 1/(mean squared error in posterior variances)/time, and the error of log Z. The truth is the same sampler's with
 * 32,768 particles, of ionosphere's evidence -111.607.
 */
final class AnnealBench implements Bench {

    private static final int WARM_UP = 3;
    private static final int RUNS = 20;

    @Override
    public String name() { return "anneal"; }

    @Override
    public String help() { return "Logistic regressions annealed from the prior, N = 1000: effective draws/s of one core, and the error of log Z."; }

    @Override
    public List<Figure> run(PrintWriter talk) throws IOException {
        List<Figure> figures = new ArrayList<>();
        for (Streams data : List.of(Streams.ionosphere(), Streams.simulated(8, 768))) {
            talk.println("anneal: reference of " + data.name() + " ...");
            talk.flush();
            Problem problem = problem(data);
            Draws truth = sampler("hmc").draw(problem, 32_768, 1, Randomness.of(1, "reference"));
            double logEvidence = data.name().startsWith("ionosphere") ? -111.607 : truth.evidence().log();
            for (String transition : List.of("hmc", "mala")) {
                talk.println("anneal: " + data.name() + ", " + transition + " ...");
                talk.flush();
                measure(data.name() + ", " + transition, problem, sampler(transition), truth, logEvidence, figures);
            }
        }
        return figures;
    }

    private static void measure(String label, Problem problem, Sampler sampler, Draws truth, double logEvidence, List<Figure> figures) {
        double squares = 0;
        double evidenceSquares = 0;
        double evidenceSum = 0;
        double seconds = 0;
        for (int seed = -WARM_UP; seed < RUNS; seed++) {
            long begin = cpu();
            Draws draws = sampler.draw(problem, 1000, 1, Randomness.of(seed, "run"));
            if (seed >= 0) {
                seconds += (cpu() - begin) * 1e-9;
                squares += squaredError(draws, truth);
                double error = draws.evidence().log() - logEvidence;
                evidenceSquares += error * error;
                evidenceSum += error;
            }
        }
        figures.add(Figure.alone(label + ": effective draws", RUNS / squares * RUNS / seconds, "/s"));
        figures.add(Figure.alone(label + ": seconds of a run", seconds / RUNS, "s"));
        figures.add(Figure.alone(label + ": rms error of log Z", Math.sqrt(evidenceSquares / RUNS), "nat"));
        figures.add(Figure.alone(label + ": mean error of log Z", evidenceSum / RUNS, "nat"));
    }

    /** Mean over coordinates of the squared error of the posterior mean in posterior variances. */
    private static double squaredError(Draws draws, Draws truth) {
        int d = truth.particles().dimension;
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double mean = truth.mean(j);
            double variance = 0;
            for (int i = 0; i < truth.particles().size; i++) {
                double centred = truth.particles().get(j, i) - mean;
                variance += truth.weights().normalised[i] * centred * centred;
            }
            double error = draws.mean(j) - mean;
            sum += error * error / variance / d;
        }
        return sum;
    }

    private static Sampler sampler(String transition) {
        Entry<? extends Sampler> entry = Samplers.CATALOGUE.find("smc").orElseThrow();
        Map<String, Object> given = Map.of("transition", transition, "control-variates", true);
        return entry.build().apply(Checker.check(new Shape.Struct(entry.options()), given).settings());
    }

    private static Problem problem(Streams data) {
        Model model = data.model();
        Rows rows = new Rows(model.rowWidth());
        double[] row = new double[model.rowWidth()];
        for (Observation y : data.observations()) {
            model.encode(y.values(), row);
            rows.append(row, 1);
        }
        return () -> new PosteriorTarget(model).on(rows);
    }

    private static long cpu() { return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); }
}
