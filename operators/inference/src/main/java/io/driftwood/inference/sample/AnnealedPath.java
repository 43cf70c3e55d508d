package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.variational.AnnealedPaths;
import io.driftwood.inference.variational.GaussianVariational;
import io.driftwood.inference.variational.Method;
import io.driftwood.inference.variational.PathParameters;
import io.driftwood.inference.variational.PathTuner;
import io.driftwood.inference.variational.WhitenedTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tuned annealed paths: a normal is fitted to the target, Langevin steps lead from it over bridges to the target without accept steps, everything is tuned to
 * raise a lower bound of the log-normaliser, and then every path is weighed against its way back. Paths after tuning are independent of it, so the mean of
 * their weights is an unbiased estimate of the normaliser. Works in the coordinates in which the first normal is standard.
 */
final class AnnealedPath implements Sampler {

    static final List<Option> OPTIONS = List.of(
            Option.withDefault("method", Shape.choice("ula", "uha", "ldvi", "ldvi-mixed", "ldvi-exact", "uha-em"), "uha",
                    "dynamics and how the way back is weighed: overdamped, split with a share of the momentum kept, split with friction (by Euler, mixed, exact), or all by Euler"),
            Option.withDefault("bridges", Shape.integer(0, 4000), 8L, "bridges between the start and the target, a step on each; 0 for none, which is importance sampling"),
            Option.withDefault("start", Shape.choice("reference", "diagonal", "full"), "full",
                    "the first normal: the problem's reference, or the nearest to the target with diagonal or full covariance"),
            Option.withDefault("start-iterations", Shape.count(), 4000L, "iterations that fit the first normal"),
            Option.withDefault("iterations", Shape.count(), 2000L, "iterations of tuning at most"),
            Option.withDefault("rate", Shape.positive(), 0.01, "learning rate of tuning at first"),
            Option.withDefault("tuning-paths", Shape.count(), 8L, "paths under each gradient of tuning"));

    /** Branches of the randomness, so that nothing is drawn twice. */
    private static final long STARTING = 1;
    private static final long TUNING = 2;

    private final Method method;
    private final int bridges;
    private final String start;
    private final int startIterations;
    private final PathTuner.Options tuning;

    AnnealedPath(Settings s) {
        this.method = Method.valueOf(s.text("method").replace('-', '_').toUpperCase(Locale.ROOT));
        this.bridges = s.count("bridges");
        this.start = s.text("start");
        this.startIterations = s.count("start-iterations");
        this.tuning = PathTuner.Options.standard(s.count("iterations")).with(s.count("tuning-paths"), s.number("rate"));
    }

    @Override
    public String refusal(Problem problem) { return Refusals.realLine(problem); }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        CountedTarget target = new CountedTarget(problem.target());
        GaussianTarget normal = normal(problem, target, random.branch(STARTING));
        WhitenedTarget white = new WhitenedTarget(target, normal);
        PathTuner.Result tuned = new PathTuner(method, bridges, tuning).tune(white, first(target), random.branch(TUNING));

        AnnealedPaths paths = AnnealedPaths.forSampling(white, method, bridges, size);
        paths.run(tuned.parameters(), random, AnnealedWalk.MAIN);
        LogWeights weights = new LogWeights(size);
        double logEvidence = weights.reweight(paths.logWeights(), 1, new Scratch().take(weights.log.length));
        if (logEvidence == Double.NEGATIVE_INFINITY) {
            throw new SamplingException("no path ends where the target has a positive density");
        }
        double error = Math.sqrt(Math.max(0, 1 / weights.effectiveSampleSize() - 1.0 / size));
        Particles ends = new Particles(size, target.dimension());
        white.colour(paths.ends(), ends);
        return new Draws(ends, weights, size, Evidence.of(logEvidence, error, Evidence.Kind.UNBIASED), "", facts(paths, tuned, target));
    }

    private GaussianTarget normal(Problem problem, Target target, Randomness random) {
        if (start.equals("reference")) {
            return problem.reference();
        }
        GaussianVariational.Covariance covariance = GaussianVariational.Covariance.valueOf(start.toUpperCase(Locale.ROOT));
        return new GaussianVariational(covariance, GaussianVariational.Options.standard(startIterations)).fit(target, problem.reference().mean(), random).normal();
    }

    /** Where tuning begins: short steps, for a start that is nearly there. */
    private PathParameters first(Target target) {
        return PathParameters.standard(target.dimension(), bridges, method.hasMomentum() ? 0.1 : 0.01, method.keepsShare() ? 0.5 : 3);
    }

    private static Map<String, Double> facts(AnnealedPaths paths, PathTuner.Result tuned, CountedTarget target) {
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put("lower-bound", paths.meanLogWeight());
        facts.put("tuned-step", tuned.parameters().step());
        facts.put("tuned-friction", tuned.parameters().friction());
        facts.put("tuning-iterations", (double) tuned.iterations());
        facts.put("recoveries", (double) tuned.recoveries());
        facts.put(Draws.GRADIENTS, (double) target.gradients());
        return facts;
    }
}
