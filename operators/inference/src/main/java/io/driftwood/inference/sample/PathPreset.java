package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.variational.Extra;
import io.driftwood.inference.variational.GaussianVariational;
import io.driftwood.inference.variational.Method;
import io.driftwood.inference.variational.PathPlan;
import io.driftwood.inference.variational.PathTuner;
import io.driftwood.inference.variational.StratifiedPaths;
import io.driftwood.inference.variational.StratifiedTuner;
import io.driftwood.inference.variational.Trained;
import io.driftwood.inference.variational.TunedPath;
import io.driftwood.inference.variational.TuningRun;
import io.driftwood.inference.variational.WhitenedTarget;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The annealed paths that a configuration asks for, still to be fitted to a problem: first the normal in whose coordinates they run, then everything else. */
public final class PathPreset {

    static final List<Option> OPTIONS = List.of(
            Option.withDefault("method", Shape.choice(words(Method.values())), "uha",
                    "dynamics and how the way back is weighed: overdamped, split with a share of the momentum kept, split with friction (by Euler, mixed, exact), all by Euler, and their kin"),
            Option.withDefault("parts", Shape.listOf(Shape.choice(words(Extra.values()))), List.of(),
                    "what paths have besides, each with parameters that are tuned: a mass or step for each coordinate, a step for each bridge, bridges that move, a tuned frame or flow, what is learned of the way back"),
            Option.withDefault("bridges", Shape.integer(0, 4000), 8L, "bridges between the start and the target, a step on each; 0 for none, which is importance sampling"),
            Option.withDefault("start", Shape.choice("reference", "diagonal", "full"), "full",
                    "the first normal: the problem's reference, or the nearest to the target with diagonal or full covariance"),
            Option.withDefault("start-iterations", Shape.count(), 4000L, "iterations that fit the first normal"),
            Option.withDefault("iterations", Shape.count(), 2000L, "iterations of tuning at most"),
            Option.withDefault("rate", Shape.positive(), 0.01, "learning rate of tuning at first"),
            Option.withDefault("train-start", Shape.flag(), true,
                    "whether the first normal is tuned with the rest; `false` for a tuning that shall carry the populations of a stream"),
            Option.withDefault("tuning-paths", Shape.count(), 8L, "paths under each gradient of tuning"),
            Option.withDefault("strata", Shape.listOf(Shape.integer(1, 64)), List.of(),
                    "soft slabs into which the target is divided along the direction in which it departs most from the first normal, along the second, and so on, each with a normal and paths of its own; `[4, 2]` gives eight strata"),
            Option.withDefault("strata-softness", Shape.positive(), StratifiedTuner.SOFTNESS,
                    "how soft the edges of strata are, in widths of a slab; 0.05 between far modes, so that nothing of one leaks into the stratum of another"));

    private final Method method;
    private final int bridges;
    private final Set<Extra> parts;
    private final String start;
    private final int startIterations;
    private final PathTuner.Options tuning;
    private final List<Integer> strata;
    private final double softness;

    /** @param s settings of the sampler "annealed-path" */
    public PathPreset(Settings s) {
        this.method = TunedPath.methodOf(s.text("method"));
        this.bridges = s.count("bridges");
        this.parts = TunedPath.partsOf(s.texts("parts"));
        this.start = s.text("start");
        this.startIterations = s.count("start-iterations");
        PathTuner.Options all = PathTuner.Options.standard(s.count("iterations"));
        this.tuning = new PathTuner.Options(s.count("tuning-paths"), all.iterations(), s.number("rate"), all.judges(), all.every(), all.patience(),
                s.flag("train-start") ? all.trained() : EnumSet.complementOf(EnumSet.of(Trained.START)));
        this.strata = Arrays.stream(s.numbers("strata")).mapToObj(c -> (int) c).toList();
        this.softness = s.number("strata-softness");
    }

    /** Whether there is more than one stratum, each with paths of its own; then {@link #stratify} in place of {@link #begin}. */
    public boolean stratified() { return strata.stream().anyMatch(c -> c > 1); }

    /** Iterations of tuning at most. */
    public int iterations() { return tuning.iterations(); }

    private static String[] words(Enum<?>[] constants) { return Arrays.stream(constants).map(TunedPath::nameOf).toArray(String[]::new); }

    /** Why it cannot be fitted to this problem; empty when it can. */
    public String refusal(Problem problem) {
        String refusal = Refusals.realLine(problem);
        try {
            int d = refusal.isEmpty() ? plan(problem.target().dimension()).dimension() : 0;
            return refusal.isEmpty() && strata.size() > d ? "has " + d + " dimensions, and cannot be divided along " + strata.size() : refusal;
        } catch (IllegalArgumentException e) {
            return "has no such paths: " + e.getMessage();
        }
    }

    PathPlan plan(int dimension) { return new PathPlan(method, dimension, bridges, parts); }

    /** In a few words: "uha over 8 bridges". */
    public String words() { return TunedPath.nameOf(method) + " over " + bridges + " bridges" + (parts.isEmpty() ? "" : " with " + parts.stream().map(TunedPath::nameOf).collect(Collectors.joining(", "))); }

    /**
     * The normal in whose coordinates everything happens; the part of the fitting that is not done in steps.
     *
     * @param target that of the problem, or one that counts its evaluations
     */
    public GaussianTarget coordinates(Problem problem, Target target, Randomness random) {
        if (start.equals("reference")) {
            return problem.reference();
        }
        GaussianVariational.Covariance covariance = GaussianVariational.Covariance.valueOf(start.toUpperCase(Locale.ROOT));
        return new GaussianVariational(covariance, GaussianVariational.Options.standard(startIterations)).fit(target, problem.reference().mean(), random).normal();
    }

    /** Tuning that has not begun yet. */
    public TuningRun begin(Target target, GaussianTarget coordinates, Randomness random) {
        PathPlan plan = plan(target.dimension());
        return new PathTuner(plan, tuning).begin(new WhitenedTarget(target, coordinates), TunedPath.first(plan), random);
    }

    /** Strata and their paths, tuned to the end, in the given coordinates. Fitted in coordinates that nearly suit them, their normals need a quarter of the iterations. */
    StratifiedPaths stratify(WhitenedTarget white, Randomness random) {
        PathPlan plan = plan(white.dimension());
        GaussianVariational.Covariance covariance = start.equals("diagonal") ? GaussianVariational.Covariance.DIAGONAL : GaussianVariational.Covariance.FULL;
        GaussianVariational starts = new GaussianVariational(covariance, GaussianVariational.Options.standard(Math.max(1, startIterations / 4)));
        return new StratifiedTuner(strata, softness, plan, starts, tuning).tune(white, TunedPath.first(plan), random);
    }

    public TunedPath tuned(GaussianTarget coordinates, PathTuner.Result result) { return new TunedPath(plan(coordinates.dimension()), coordinates, result.parameters()); }
}
