package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.variational.AnnealedPaths;
import io.driftwood.inference.variational.PathTuner;
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
 * is fitted.
 */
final class AnnealedPath implements Sampler {

    private static final Option TUNING_FILE = Option.optional("tuning", Shape.file(),
            "a file that driftwood tune has written: nothing is fitted then, and everything but this is of no account; without it every run fits for itself");

    static final List<Option> OPTIONS = Stream.concat(PathPreset.OPTIONS.stream(), Stream.of(TUNING_FILE)).toList();

    /** Branches of the randomness, so that nothing is drawn twice. */
    private static final long STARTING = 1;
    private static final long TUNING = 2;

    private final PathPreset preset;
    private final Optional<Learned> tuning;

    /** @param s where the file of a tuning has been replaced by what it holds */
    AnnealedPath(Settings s) {
        this.preset = new PathPreset(s);
        this.tuning = s.has(TUNING_FILE.name()) ? Optional.of((Learned) s.get(TUNING_FILE.name())) : Optional.empty();
    }

    @Override
    public String refusal(Problem problem) {
        String refusal = preset.refusal(problem);
        if (refusal.isEmpty() && tuning.isPresent()) {
            try {
                TunedPath.of(tuning.get(), problem.target().dimension());
            } catch (Learned.UnfitException e) {
                return "has another shape than its tuning: " + e.getMessage();
            }
        }
        return refusal;
    }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        CountedTarget target = new CountedTarget(problem.target());
        Map<String, Double> fitting = new LinkedHashMap<>();
        TunedPath path = tuning.map(given -> given(given, target, fitting)).orElseGet(() -> fit(problem, target, random, fitting));
        WhitenedTarget white = new WhitenedTarget(target, path.coordinates());
        AnnealedPaths paths = AnnealedPaths.forSampling(white, path.plan(), size);
        paths.run(path.parameters(), random, AnnealedWalk.MAIN);
        LogWeights weights = new LogWeights(size);
        double logEvidence = weights.reweight(paths.logWeights(), 1, new Scratch().take(weights.log.length));
        if (logEvidence == Double.NEGATIVE_INFINITY) {
            throw new SamplingException("no path ends where the target has a positive density");
        }
        double error = Math.sqrt(Math.max(0, 1 / weights.effectiveSampleSize() - 1.0 / size));
        Particles ends = new Particles(size, target.dimension());
        white.colour(paths.ends(), ends);
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put("lower-bound", paths.meanLogWeight());
        facts.putAll(fitting);
        facts.put(Draws.GRADIENTS, (double) target.gradients());
        return new Draws(ends, weights, size, Evidence.of(logEvidence, error, Evidence.Kind.UNBIASED), "", facts);
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
