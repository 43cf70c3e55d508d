package io.driftwood.bench;

import io.driftwood.inference.assimilate.LaplaceRecursion;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Posteriors;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.learn.Learners;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.numeric.Cholesky;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.WeightedMoments;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.sample.PathPreset;
import io.driftwood.inference.sample.Samplers;
import io.driftwood.inference.summary.SummaryOptions;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.variational.FarStep;
import io.driftwood.inference.variational.PathTuner;
import io.driftwood.inference.variational.TuningRun;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One observation that moves the posterior by ten standard deviations, let in by N = 1024 particles in each way: effective particles that are left before
 * they are resampled, error of the log-evidence increment and of the posterior mean over seeds, and time of that one step, its median over seeds, on one core.
 * A path learned on line is tuned from eight other keys. The truth is the closed form, or adaptive tempering with 65,536 particles.
 */
final class FarObservationBench implements Bench {

    private static final int WARM_UP = 15;
    private static final int RUNS = 40;
    private static final int PARTICLES = 1024;
    private static final int TRUTH = 65_536;
    private static final Way BY_DEGREES = new Way("adaptive tempering", Map.of("type", "adaptive-tempering"), Optional.empty());

    /** @param tuning given beforehand, if one is */
    private record Way(String name, Map<String, Object> assimilation, Optional<Learned> tuning) {}

    /** What one run came to. */
    private record Outcome(double increment, double[] mean, double[] sd, double ess, double milliseconds) {}

    @Override
    public String name() { return "far-observation"; }

    @Override
    public String help() { return "One observation that moves the posterior by ten standard deviations, N = 1024: reweighting, tempering, and tuned paths."; }

    @Override
    public List<Figure> run(PrintWriter talk) {
        List<Figure> figures = new ArrayList<>();
        for (FarObservation data : List.of(FarObservation.normal(), FarObservation.counts())) {
            talk.println("far-observation: truth of the " + data.name() + " ...");
            talk.flush();
            Outcome truth = run(data, TRUTH, 1, BY_DEGREES);
            double increment = Double.isNaN(data.logPredictive()) ? truth.increment : data.logPredictive();
            figures.add(Figure.alone(data.name() + ": shift of the posterior mean", shift(data, truth), "sd"));
            for (Way way : ways(data, figures)) {
                talk.println("far-observation: " + data.name() + ", " + way.name + " ...");
                talk.flush();
                measure(data, way, increment, truth, figures);
            }
        }
        return figures;
    }

    private static List<Way> ways(FarObservation data, List<Figure> figures) {
        Map<String, Object> path = Map.of("type", "tuned-path", "least-ess", 0.0);
        return List.of(new Way("reweighting", Map.of("type", "reweighting"), Optional.empty()), BY_DEGREES,
                new Way("tuned path, tuned on the spot", path, Optional.empty()), new Way("tuned path, tuned beforehand", path, Optional.of(tuning(data.model().parameters().dimension()))),
                new Way("tuned path, learned on line", path, Optional.of(learned(data, figures))));
    }

    /** As a job learns it from the far observations of its other keys, their usual ones and all; measures how long one is learned from. */
    private static Learned learned(FarObservation data, List<Figure> figures) {
        Settings settings = Learners.CATALOGUE.find("tuned-path").orElseThrow().defaults();
        Learner learner = Learners.CATALOGUE.build(settings);
        Scratch scratch = new Scratch();
        double[] known = learner.start();
        Optional<Learned> newest = Optional.empty();
        int far = 0;
        long nanos = 0;
        for (FarObservation other : data.others()) {
            LaplaceRecursion recursion = new LaplaceRecursion(other.model());
            double[] normal = recursion.start();
            for (Observation y : Stream.concat(other.usual().stream(), Stream.of(other.far())).toList()) {
                FarStep step = recursion.step(normal, y, scratch).orElseThrow();
                if (step.conditionalEss() < settings.number("conditional-ess")) {
                    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                    known = learner.learn(known, step.values(), scratch);
                    nanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
                    far++;
                    Optional<Learned> version = learner.snapshot(known, far, Observation.NO_TIME);
                    newest = version.isPresent() ? version : newest;
                }
            }
        }
        figures.add(Figure.alone(data.name() + ", learned on line: far observations", far, ""));
        figures.add(Figure.alone(data.name() + ", learned on line: time of the learner for each", nanos * 1e-6 / far, "ms"));
        return newest.orElseThrow();
    }

    /** As driftwood tune makes it: of the path from a standard normal to one that is ten standard deviations away. */
    private static Learned tuning(int dimension) {
        double[] mean = new double[dimension];
        mean[0] = 10;
        GaussianTarget far = new GaussianTarget(mean, GaussianTarget.standard(dimension).lower());
        Problem problem = () -> far;
        Settings settings = Samplers.CATALOGUE.find("annealed-path").orElseThrow().defaults()
                .with("start", "reference").with("train-start", false).with("bridges", 16L).with("rate", 0.05);
        PathPreset preset = new PathPreset(settings);
        GaussianTarget coordinates = GaussianTarget.standard(dimension);
        TuningRun run = preset.begin(problem.target(), coordinates, Randomness.of(1, "tune"));
        run.advance(preset.iterations());
        PathTuner.Result result = run.result();
        return preset.tuned(coordinates, result).learned("far", 1, Observation.NO_TIME, new TreeMap<>(), result.bound());
    }

    private static void measure(FarObservation data, Way way, double increment, Outcome truth, List<Figure> figures) {
        double squares = 0;
        double sum = 0;
        double meanSquares = 0;
        double ess = 0;
        double[] milliseconds = new double[RUNS];
        for (int seed = -WARM_UP; seed < RUNS; seed++) {
            Outcome outcome = run(data, PARTICLES, seed, way);
            if (seed >= 0) {
                double error = outcome.increment - increment;
                squares += error * error / RUNS;
                sum += error / RUNS;
                meanSquares += squaredError(outcome.mean, truth) / RUNS;
                ess += outcome.ess / RUNS;
                milliseconds[seed] = outcome.milliseconds;
            }
        }
        Arrays.sort(milliseconds);
        String label = data.name() + ", " + way.name + ": ";
        figures.add(Figure.alone(label + "effective particles left", ess, "of " + PARTICLES));
        figures.add(Figure.alone(label + "rms error of the increment of log Z", Math.sqrt(squares), "nat"));
        figures.add(Figure.alone(label + "mean error of it", sum, "nat"));
        figures.add(Figure.alone(label + "rms error of the posterior mean", Math.sqrt(meanSquares), "sd"));
        figures.add(Figure.alone(label + "time of the step", milliseconds[RUNS / 2], "ms"));
    }

    /** The step is done twice from equal states: once as a job does it, and once without the resampling that would hide how uneven the weights are. */
    private static Outcome run(FarObservation data, int particles, long seed, Way way) {
        Scratch scratch = new Scratch();
        SequentialPosterior tempering = posterior(data, particles, seed, BY_DEGREES, 0.5);
        SequentialPosterior posterior = posterior(data, particles, seed, way, 0.5);
        PosteriorState state = before(data, tempering, scratch);
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        StepInfo info = posterior.step(state, data.far(), scratch);
        double milliseconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) * 1e-6;
        double increment = info.logEvidenceIncrement;
        PosteriorState uneven = before(data, tempering, scratch);
        double ess = posterior(data, particles, seed, way, 1e-9).step(uneven, data.far(), scratch).ess;
        double[] mean = new double[state.particles.dimension];
        double[] sd = new double[mean.length];
        moments(state, mean, sd);
        return new Outcome(increment, mean, sd, ess, milliseconds);
    }

    private static SequentialPosterior posterior(FarObservation data, int particles, long seed, Way way, double essThreshold) {
        Map<String, Object> given = new HashMap<>(Map.of("particles", (long) particles, "seed", seed, "assimilation", way.assimilation, "ess-threshold", essThreshold));
        Settings sampler = Checker.check(new Shape.Struct(SamplerOptions.OPTIONS), given).orThrow();
        SequentialPosterior posterior = Posteriors.build(data.model(), sampler, Optional.empty(), SummaryOptions.of("bench"));
        return way.tuning.map(posterior::with).orElse(posterior);
    }

    /** After the usual observations, which every way takes in by tempering, so that all begin with the same population. */
    private static PosteriorState before(FarObservation data, SequentialPosterior posterior, Scratch scratch) {
        PosteriorState state = posterior.start("all");
        for (Observation y : data.usual()) {
            posterior.step(state, y, scratch);
        }
        return state;
    }

    private static double shift(FarObservation data, Outcome truth) {
        SequentialPosterior posterior = posterior(data, TRUTH, 1, BY_DEGREES, 0.5);
        PosteriorState state = before(data, posterior, new Scratch());
        int d = truth.mean.length;
        double[] mean = new double[d];
        moments(state, mean, new double[d]);
        double[] covariance = new double[d * d];
        WeightedMoments.covariance(state.particles.values, d, state.particles.stride, state.weights.normalised, TRUTH, mean, covariance, new Scratch());
        Cholesky cholesky = new Cholesky();
        cholesky.decompose(covariance, d);
        double[] moved = new double[d];
        for (int j = 0; j < d; j++) {
            moved[j] = truth.mean[j] - mean[j];
        }
        cholesky.solveLower(moved);
        return Math.sqrt(Arrays.stream(moved).map(z -> z * z).sum());
    }

    private static void moments(PosteriorState state, double[] mean, double[] sd) {
        for (int j = 0; j < mean.length; j++) {
            double squares = 0;
            for (int i = 0; i < state.particles.size; i++) {
                double x = state.particles.get(j, i);
                mean[j] += state.weights.normalised[i] * x;
                squares += state.weights.normalised[i] * x * x;
            }
            sd[j] = Math.sqrt(squares - mean[j] * mean[j]);
        }
    }

    /** Mean over coordinates, in posterior variances. */
    private static double squaredError(double[] mean, Outcome truth) {
        double total = 0;
        for (int j = 0; j < mean.length; j++) {
            double z = (mean[j] - truth.mean[j]) / truth.sd[j];
            total += z * z / mean.length;
        }
        return total;
    }
}
