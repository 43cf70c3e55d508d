package io.driftwood.inference.variational;

import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Set;

/**
 * Raises the mean log-weight of annealed paths by gradients of few paths at a time, in parameters without bounds. Now and then many paths, always with the same
 * noise, tell whether it has risen; the best parameters are kept, and tuning ends early when nothing better comes. Where a path or the gradient is not finite
 * nothing is learnt from it: tuning goes back to the best parameters with the step halved, and halved again each time that is not enough.
 *
 * <p>Adaptive, but its result is a constant: paths run with other noise afterwards have unbiased weights.
 *
 * <p>Differs from the released code of Geffner and Domke (2023): the best parameters and not the last; bounds from fresh paths and not from training.
 */
public final class PathTuner {

    /** How gradients are followed. */
    public enum Climber { ADAM, SGD }

    /**
     * How to tune.
     *
     * @param paths under each gradient
     * @param iterations at most
     * @param rate of Adam at first; it falls geometrically to a tenth
     * @param judges paths that judge parameters
     * @param every how many iterations they judge
     * @param patience judgements without anything better before tuning ends
     * @param trained what may change
     * @param climber how gradients are followed
     * @param longest norm to which longer gradients are shortened, for each square root of the bridges
     * @param objective what is raised; paths and judges divide into its groups
     */
    public record Options(int paths, int iterations, double rate, int judges, int every, int patience, Set<Trained> trained, Climber climber, double longest,
            Objective objective) {

        /** By Adam, gradients shortened to 10 sqrt(K). */
        public Options(int paths, int iterations, double rate, int judges, int every, int patience, Set<Trained> trained) {
            this(paths, iterations, rate, judges, every, patience, trained, Climber.ADAM, 10, Objective.BOUND);
        }

        public static Options standard(int iterations) {
            return new Options(8, iterations, 0.02, 1000, Math.max(1, iterations / 40), 12, Set.of(Trained.values()));
        }

        /** The same with this many paths and this rate. */
        public Options with(int newPaths, double newRate) { return new Options(newPaths, iterations, newRate, judges, every, patience, trained, climber, longest, objective); }

        /** The same with so many iterations, judged as often within them. */
        public Options lasting(int newIterations) {
            int newEvery = Math.max(1, (int) ((long) every * newIterations / iterations));
            return new Options(paths, newIterations, rate, judges, newEvery, patience, trained, climber, longest, objective);
        }

        Optimiser optimiser(int parameters, int bridges) {
            double norm = longest * Math.sqrt(Math.max(1, bridges));
            return climber == Climber.ADAM ? new Adam(parameters, norm) : new Sgd(norm);
        }
    }

    /**
     * What tuning came to.
     *
     * @param bound from fresh paths, as many as there are judges
     * @param iterations done
     * @param recoveries times that paths diverged
     */
    public record Result(PathParameters parameters, Bound bound, int iterations, int recoveries) {}

    private final Method method;
    private final int bridges;
    private final Set<Extra> extras;
    private final Options options;

    /** Of a method without anything more. */
    public PathTuner(Method method, int bridges, Options options) { this(method, bridges, Set.of(), options); }

    public PathTuner(PathPlan plan, Options options) { this(plan.method(), plan.bridges(), plan.extras(), options); }

    private PathTuner(Method method, int bridges, Set<Extra> extras, Options options) {
        this.method = method;
        this.bridges = bridges;
        this.extras = extras;
        this.options = options;
    }

    /** Tunes for this target to the end; see {@link #begin}. */
    public Result tune(Target target, PathParameters start, Randomness random) {
        TuningRun run = begin(target, start, random);
        run.advance(options.iterations);
        return run.result();
    }

    /**
     * A run for this target that has not begun yet. To go on with a saved one, begin as it began and {@link TuningRun#restore}.
     *
     * @param start with momenta, eta in (0, 1) or gamma &gt; 0
     * @throws IllegalArgumentException when its step or friction is at or beyond an edge, from where no gradient leads back
     */
    public TuningRun begin(Target target, PathParameters start, Randomness random) {
        double friction = start.friction();
        if (!(start.step() > 0) || method.hasFriction() && !(friction > 0 && (!method.keepsShare() || friction < 1))) {
            throw new IllegalArgumentException("tuning of " + method + " cannot begin with step " + start.step() + " and friction " + friction);
        }
        return new TuningRun(target, new PathPlan(method, target.dimension(), bridges, extras), options, start, random);
    }
}
