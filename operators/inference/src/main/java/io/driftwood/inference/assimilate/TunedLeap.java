package io.driftwood.inference.assimilate;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learned.UnfitException;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.WeightedMoments;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.transition.PopulationMass;
import io.driftwood.inference.variational.FirstSteps;
import io.driftwood.inference.variational.Method;
import io.driftwood.inference.variational.PathParameters;
import io.driftwood.inference.variational.PathTuner;
import io.driftwood.inference.variational.PopulationPaths;
import io.driftwood.inference.variational.Trained;
import io.driftwood.inference.variational.TunedPath;
import io.driftwood.inference.variational.WhitenedTarget;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries a population by tuned annealed paths, {@link PopulationPaths}, in the coordinates in which it has mean zero and unit covariance. Step, friction and
 * inverse temperatures come from a tuning that was learned elsewhere; without one they are tuned on the spot, on the paths from the normal with the
 * population's moments to the end of the path, which are the same paths where the population is normal.
 *
 * <p>Cost: K + 1 scores a particle; tuning on the spot costs K + 1 scores and Hessian-vector products of a few paths an iteration, and allocates. The mean
 * weight is unbiased given the population's moments, which are fitted to it: a bias O(1/N).
 */
final class TunedLeap implements Leap {

    static final List<Option> OPTIONS = List.of(
            Option.withDefault("method", Shape.choice("ula", "uha", "ldvi", "ldvi-exact", "uha-em"), "uha",
                    "dynamics and how the way back is weighed: overdamped, split with a share of the momentum kept, split with friction (by Euler, or exact), or all by Euler"),
            Option.withDefault("bridges", Shape.integer(1, 4000), 16L, "bridges on the way, a step on each"),
            Option.withDefault("iterations", Shape.integer(0, Integer.MAX_VALUE), 100L,
                    "iterations of tuning on the spot, where no tuning has been learned; 0 for none, and by degrees until one has been"),
            Option.withDefault("rate", Shape.positive(), 0.05, "learning rate of tuning on the spot"),
            Option.withDefault("least-ess", Shape.between(0, 1), 0.1,
                    "let the observation in by degrees after all when the paths would leave fewer effective particles than this share"));

    /** A branch of the key's randomness, and those of it. */
    private static final long LEAPS = 0x6C656170;
    private static final int TUNING_PATHS = 8;
    private static final int JUDGES = 64;

    private final Method method;
    private final int bridges;
    private final PathTuner.Options tuning;
    private final double leastEss;
    private final Optional<PathParameters> learned;
    private final PopulationMass mass = new PopulationMass(true);
    private PopulationPaths paths;
    private Path along;

    TunedLeap(Settings s) {
        this(TunedPath.methodOf(s.text("method")), s.count("bridges"),
                new PathTuner.Options(TUNING_PATHS, s.count("iterations"), s.number("rate"), JUDGES, Math.max(1, s.count("iterations") / 20), 8,
                        Set.of(Trained.STEP, Trained.FRICTION, Trained.BRIDGES)),
                s.number("least-ess"), Optional.empty());
    }

    private TunedLeap(Method method, int bridges, PathTuner.Options tuning, double leastEss, Optional<PathParameters> learned) {
        this.method = method;
        this.bridges = bridges;
        this.tuning = tuning;
        this.leastEss = leastEss;
        this.learned = learned;
    }

    @Override
    public double leastEss() { return leastEss; }

    /** A tuning of the same dimension; method and bridges are its own. */
    @Override
    public Leap with(Learned tuned, int dimension) {
        TunedPath path = TunedPath.of(tuned, dimension);
        if (!PopulationPaths.canLeave(path.plan().method()) || !path.plan().extras().isEmpty()) {
            throw new UnfitException(tuned, "is of a method or has parts that lead from a normal, and not from a population");
        }
        if (!path.startsStandard()) {
            throw new UnfitException(tuned, "is tuned together with its start, and a population is where it is; tune with train-start: false");
        }
        return new TunedLeap(path.plan().method(), path.plan().bridges(), tuning, leastEss, Optional.of(path.parameters()));
    }

    @Override
    public boolean along(PosteriorState state, Path path, double[] logWeights, StepInfo info, Scratch scratch) {
        if (learned.isEmpty() && tuning.iterations() == 0) {
            return false;
        }
        Particles x = state.particles;
        GaussianTarget population = population(state, scratch);
        Randomness random = state.randomness().branch(LEAPS);
        PathParameters parameters = learned.orElseGet(() -> tune(path, population, random.branch(state.step)));
        if (paths == null || along != path || paths.size() != x.size) {
            paths = new PopulationPaths(method, bridges, path, x.size);
            along = path;
        }
        paths.run(x, population, parameters, random, state.step, logWeights, scratch);
        info.moves.evaluations += paths.evaluations();
        return true;
    }

    /** The normal with the population's moments, its covariance shrunk as for a mass matrix. */
    private GaussianTarget population(PosteriorState state, Scratch scratch) {
        Particles x = state.particles;
        int d = x.dimension;
        double[] mean = new double[d];
        double[] lower = new double[d * d];
        WeightedMoments.mean(x.values, d, x.stride, state.weights.normalised, x.size, mean);
        mass.fit(x, state.weights, lower, 0, lower, scratch);
        return new GaussianTarget(mean, lower);
    }

    private PathParameters tune(Path path, GaussianTarget population, Randomness random) {
        Target white = new WhitenedTarget(path.at(1), population);
        return new PathTuner(method, bridges, tuning).tune(white, FirstSteps.towards(white, method, bridges, random), random).parameters();
    }
}
