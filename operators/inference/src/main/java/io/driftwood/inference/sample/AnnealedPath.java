package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.SystematicResampler;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.variational.AnnealedPaths;
import io.driftwood.inference.variational.PathPlan;
import io.driftwood.inference.variational.PathTuner;
import io.driftwood.inference.variational.ResampledPaths;
import io.driftwood.inference.variational.StratifiedPaths;
import io.driftwood.inference.variational.TunedPath;
import io.driftwood.inference.variational.TuningRun;
import io.driftwood.inference.variational.WhitenedTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tuned annealed paths: a normal is fitted to the target, Langevin steps lead from it over bridges to the target without accept steps, everything is tuned to
 * raise a lower bound of the log-normaliser, and then every path is weighed against its way back. Paths after tuning are independent of it, so the mean of
 * their weights is an unbiased estimate of the normaliser. Works in the coordinates in which the first normal is standard. With a tuning that is given nothing
 * is fitted. Paths may be resampled on the way; the estimate stays unbiased, and its error comes from independent groups. With strata each has a normal and
 * paths of its own, and draws are shared out among them: see {@link StratifiedPaths}.
 */
final class AnnealedPath implements Sampler {

    private static final Option TUNING_FILE = Option.optional("tuning", Shape.file(),
            "a file that driftwood tune has written: nothing is fitted then, and everything but this is of no account; without it every run fits for itself");

    private static final Option THRESHOLD = Option.withDefault("ess-threshold", Shape.between(0, 1), 0.0,
            "resample paths on the way, in sixteen groups, when the effective sample size of a group falls below this share; 0 for paths that each go alone, 1 resamples before every bridge");

    static final List<Option> OPTIONS = Stream.concat(PathPreset.OPTIONS.stream(), Stream.of(TUNING_FILE, THRESHOLD)).toList();

    /** Branches of the randomness, so that nothing is drawn twice. */
    private static final long STARTING = 1;
    private static final long TUNING = 2;
    /** So many independent groups tell the error of a log-evidence to a fifth. */
    private static final int GROUPS = 16;

    private final PathPreset preset;
    private final double threshold;
    private final Optional<Learned> tuning;

    /** @param s where the file of a tuning has been replaced by what it holds */
    AnnealedPath(Settings s) {
        this.preset = new PathPreset(s);
        this.threshold = s.number(THRESHOLD.name());
        this.tuning = s.has(TUNING_FILE.name()) ? Optional.of((Learned) s.get(TUNING_FILE.name())) : Optional.empty();
        if (tuning.isPresent() && preset.stratified()) {
            throw s.problem("strata", "cannot be had from a tuning: a tuning file holds paths of one stratum");
        }
        if (threshold > 0 && preset.stratified()) {
            throw s.problem("strata", "cannot be resampled between: leave `ess-threshold` at 0, or `strata` at 1");
        }
    }

    @Override
    public String refusal(Problem problem) {
        String refusal = preset.refusal(problem);
        if (!refusal.isEmpty()) {
            return refusal;
        }
        try {
            PathPlan plan = tuning.isPresent() ? TunedPath.of(tuning.get(), problem.target().dimension()).plan() : preset.plan(problem.target().dimension());
            return threshold > 0 && !ResampledPaths.canResample(plan) ? "has paths whose steps have no noise: resampled, they would stay together; leave `ess-threshold` at 0" : "";
        } catch (Learned.UnfitException e) {
            return "has another shape than its tuning: " + e.getMessage();
        }
    }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        CountedTarget target = new CountedTarget(problem.target());
        Map<String, Double> fitting = new LinkedHashMap<>();
        Run run = preset.stratified() ? strata(problem, target, size, random, fitting) : whole(problem, target, size, random, fitting);
        Particles ends = new Particles(size, target.dimension());
        run.white.colour(run.ends, ends);
        Map<String, Double> facts = new LinkedHashMap<>(run.facts);
        facts.putAll(fitting);
        facts.put(Draws.GRADIENTS, (double) target.gradients());
        return new Draws(ends, run.weights, size, Evidence.of(run.logEvidence, run.standardError, Evidence.Kind.UNBIASED), "", facts);
    }

    /**
     * What paths came to.
     *
     * @param white the coordinates of their ends
     */
    private record Run(WhitenedTarget white, Particles ends, LogWeights weights, double logEvidence, double standardError, Map<String, Double> facts) {}

    private Run whole(Problem problem, CountedTarget target, int size, Randomness random, Map<String, Double> fitting) {
        TunedPath path = tuning.map(given -> given(given, target, fitting)).orElseGet(() -> fit(problem, target, random, fitting));
        WhitenedTarget white = new WhitenedTarget(target, path.coordinates());
        return threshold > 0 && size > 1 ? together(white, path, size, random) : alone(white, path, size, random);
    }

    private static Run alone(WhitenedTarget white, TunedPath path, int size, Randomness random) {
        AnnealedPaths paths = AnnealedPaths.forSampling(white, path.plan(), size);
        paths.run(path.parameters(), random, AnnealedWalk.MAIN);
        LogWeights weights = new LogWeights(size);
        double logEvidence = weigh(weights, paths.logWeights());
        double error = Math.sqrt(Math.max(0, 1 / weights.effectiveSampleSize() - 1.0 / size));
        return new Run(white, paths.ends(), weights, logEvidence, error, Map.of("lower-bound", paths.meanLogWeight()));
    }

    /** Paths of a group are no longer independent, and effective samples not what they seem; the spread of the groups tells the error. */
    private Run together(WhitenedTarget white, TunedPath path, int size, Randomness random) {
        ResampledPaths paths = new ResampledPaths(white, path.plan(), size, Math.min(GROUPS, size), threshold, new SystematicResampler());
        paths.run(path.parameters(), random, AnnealedWalk.MAIN);
        LogWeights weights = new LogWeights(size);
        double logEvidence = weigh(weights, paths.logWeights());
        return new Run(white, paths.ends(), weights, logEvidence, paths.standardError(), Map.of("resamplings", (double) paths.resamplings()));
    }

    private Run strata(Problem problem, CountedTarget target, int size, Randomness random, Map<String, Double> fitting) {
        WhitenedTarget white = new WhitenedTarget(target, preset.coordinates(problem, target, random.branch(STARTING)));
        StratifiedPaths paths = stratify(white, random.branch(TUNING));
        if (size < 2 * paths.count()) {
            throw new SamplingException(size + " particles are too few for " + paths.count() + " strata, which need two each");
        }
        StratifiedPaths.Run run = paths.run(size, random);
        fitting.put("strata", (double) paths.count());
        fitting.put("tuning-iterations", paths.tuned().stream().mapToDouble(PathTuner.Result::iterations).sum());
        fitting.put("recoveries", paths.tuned().stream().mapToDouble(PathTuner.Result::recoveries).sum());
        LogWeights weights = new LogWeights(size);
        double logEvidence = weigh(weights, run.logWeights());
        return new Run(white, run.ends(), weights, logEvidence, run.relativeError(weights.normalised), Map.of("lower-bound", run.bound().mean()));
    }

    /** Returns the log of the mean weight. */
    private static double weigh(LogWeights weights, double[] logWeights) {
        double logEvidence = weights.reweight(logWeights, 1, new Scratch().take(weights.log.length));
        if (logEvidence == Double.NEGATIVE_INFINITY) {
            throw new SamplingException("no path ends where the target has a positive density");
        }
        return logEvidence;
    }

    private StratifiedPaths stratify(WhitenedTarget white, Randomness random) {
        try {
            return preset.stratify(white, random);
        } catch (ArithmeticException e) {
            throw new SamplingException("cannot be divided into strata: " + e.getMessage());
        }
    }

    private static TunedPath given(Learned tuning, CountedTarget target, Map<String, Double> facts) {
        facts.put("tuning-version", (double) tuning.version());
        return TunedPath.of(tuning, target.dimension());
    }

    private TunedPath fit(Problem problem, CountedTarget target, Randomness random, Map<String, Double> facts) {
        GaussianTarget coordinates = preset.coordinates(problem, target, random.branch(STARTING));
        TuningRun run = preset.begin(target, coordinates, random.branch(TUNING));
        run.advance(preset.iterations());
        PathTuner.Result result = run.result();
        facts.put("tuned-step", result.parameters().step());
        facts.put("tuned-friction", result.parameters().friction());
        facts.put("tuning-iterations", (double) result.iterations());
        facts.put("recoveries", (double) result.recoveries());
        return preset.tuned(coordinates, result);
    }
}
