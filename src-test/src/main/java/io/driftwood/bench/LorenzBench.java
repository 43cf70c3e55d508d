package io.driftwood.bench;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.Filters;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.filter.dynamics.StateSpaceModels;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.SummaryOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A path of the Lorenz bridge, 30 records of which 10 are missing, through a bootstrap filter of 100,000 particles: seconds for the whole of it,
 * the best of some runs. The plain loop is the filter as one writes it by hand, a particle after the other.
 */
final class LorenzBench implements Bench {

    private static final int PARTICLES = 100_000;
    private static final int RUNS = 8;
    private static final double STEP = 0.02;
    private static final double NOISE = 0.1 * Math.sqrt(STEP);

    private final double[] series = series();

    @Override
    public String name() { return "lorenz"; }

    @Override
    public String help() { return "Lorenz's equations, 30 records, 100,000 particles: seconds for the whole series, against a plain loop."; }

    @Override
    public List<Figure> run(PrintWriter talk) {
        talk.println("lorenz: " + RUNS + " runs of each ...");
        talk.flush();
        double filter = Double.POSITIVE_INFINITY;
        double plain = Double.POSITIVE_INFINITY;
        for (int run = 0; run < RUNS; run++) {
            filter = Math.min(filter, filter(run));
            plain = Math.min(plain, plain(run));
        }
        return List.of(new Figure("bootstrap filter", filter, "s", "the plain loop", plain / filter), Figure.alone("plain loop", plain, "s"));
    }

    private static double[] series() {
        SplittableRandom random = new SplittableRandom(4);
        double[] x = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double[] y = new double[30];
        for (int t = 0; t < y.length; t++) {
            if (t > 0) {
                advance(x, random);
            }
            y[t] = t >= 10 && t < 20 ? Double.NaN : x[0] + random.nextGaussian();
        }
        return y;
    }

    private static void advance(double[] x, SplittableRandom random) {
        double dx = 10 * (x[1] - x[0]);
        double dy = x[0] * (28 - x[2]) - x[1];
        double dz = x[0] * x[1] - 8.0 / 3 * x[2];
        x[0] += STEP * dx + NOISE * random.nextGaussian();
        x[1] += STEP * dy + NOISE * random.nextGaussian();
        x[2] += STEP * dz + NOISE * random.nextGaussian();
    }

    private double filter(int run) {
        StateSpaceModel model = StateSpaceModels.build(Settings.of("type", "lorenz", "response", "y", "prandtl", 10.0, "rayleigh", 28.0, "aspect", 8.0 / 3,
                "step", STEP, "process-noise", 0.1, "noise-sd", 1.0, "initial-sd", 1.0));
        Settings sampler = Settings.of("particles", (long) PARTICLES, "seed", (long) run, "resampler", Settings.of("type", "systematic"),
                "ess-threshold", 0.5, "conditional-ess", 0.8);
        SequentialPosterior posterior = Filters.build(model, sampler, Settings.of("type", "bootstrap", "scores", false), SummaryOptions.of("bench"));
        Scratch scratch = new Scratch();
        long begin = System.nanoTime();
        PosteriorState state = posterior.start("all");
        for (int t = 0; t < series.length; t++) {
            posterior.step(state, new Observation("all", t, new double[] {series[t]}, "bench", t), scratch);
        }
        return seconds(begin, state.logEvidence);
    }

    private double plain(int run) {
        SplittableRandom random = new SplittableRandom(run);
        long begin = System.nanoTime();
        double[][] x = new double[PARTICLES][3];
        double[] weight = new double[PARTICLES];
        double logEvidence = 0;
        for (int t = 0; t < series.length; t++) {
            for (double[] particle : x) {
                if (t > 0) {
                    advance(particle, random);
                } else {
                    for (int j = 0; j < 3; j++) {
                        particle[j] = random.nextGaussian();
                    }
                }
            }
            if (series[t] == series[t]) {
                double sum = 0;
                for (int i = 0; i < PARTICLES; i++) {
                    weight[i] = Math.exp(-0.5 * (series[t] - x[i][0]) * (series[t] - x[i][0]));
                    sum += weight[i];
                }
                logEvidence += Math.log(sum / PARTICLES) - 0.5 * Math.log(2 * Math.PI);
                x = resampled(x, weight, sum, random.nextDouble());
            }
        }
        return seconds(begin, logEvidence);
    }

    private static double[][] resampled(double[][] x, double[] weight, double sum, double u) {
        double[][] out = new double[x.length][];
        double cumulative = weight[0];
        int i = 0;
        for (int k = 0; k < x.length; k++) {
            while (i < x.length - 1 && cumulative < (u + k) / x.length * sum) {
                cumulative += weight[++i];
            }
            out[k] = x[i].clone();
        }
        return out;
    }

    private static double seconds(long begin, double logEvidence) {
        double seconds = (System.nanoTime() - begin) * 1e-9;
        if (!(Math.abs(logEvidence) < 1e6)) {
            throw new IllegalStateException("no evidence came out");
        }
        return seconds;
    }
}
