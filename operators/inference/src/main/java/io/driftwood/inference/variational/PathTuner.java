package io.driftwood.inference.variational;

import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Set;

/**
 * Raises the mean log-weight of annealed paths by Adam on few paths at a time, in parameters without bounds. Now and then many paths, always with the same
 * noise, tell whether it has risen; the best parameters are kept, and tuning ends early when nothing better comes. Where a path or the gradient is not finite
 * nothing is learnt from it: tuning goes back to the best parameters with the step halved, and halved again each time that is not enough.
 *
 * <p>Adaptive, but its result is a constant: paths run with other noise afterwards have unbiased weights.
 *
 * <p>Differs from the released code of Geffner and Domke (2023): the best parameters and not the last; bounds from fresh paths and not from training.
 */
public final class PathTuner {

    private static final long TRAINING = 1;
    private static final long JUDGING = 2;
    private static final long FRESH = 3;

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
     */
    public record Options(int paths, int iterations, double rate, int judges, int every, int patience, Set<Trained> trained) {

        public static Options standard(int iterations) {
            return new Options(8, iterations, 0.02, 1000, Math.max(1, iterations / 40), 12, Set.of(Trained.values()));
        }

        /** The same with this many paths and this rate. */
        public Options with(int newPaths, double newRate) { return new Options(newPaths, iterations, newRate, judges, every, patience, trained); }
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
    private final Options options;

    public PathTuner(Method method, int bridges, Options options) {
        this.method = method;
        this.bridges = bridges;
        this.options = options;
    }

    /**
     * Tunes for this target.
     *
     * @param start with momenta, eta in (0, 1) or gamma &gt; 0
     * @throws IllegalArgumentException when its step or friction is at or beyond an edge, from where no gradient leads back
     */
    public Result tune(Target target, PathParameters start, Randomness random) {
        double friction = start.friction();
        if (!(start.step() > 0) || method.hasMomentum() && !(friction > 0 && (!method.keepsShare() || friction < 1))) {
            throw new IllegalArgumentException("tuning of " + method + " cannot begin with step " + start.step() + " and friction " + friction);
        }
        Climb climb = new Climb(target, start, random);
        int t = 0;
        for (; t < options.iterations && climb.patience > 0; t++) {
            climb.step(t);
            if ((t + 1) % options.every == 0) {
                climb.judge();
            }
        }
        climb.judges.run(climb.best, random.branch(FRESH), 0);
        return new Result(climb.best, Bound.of(climb.judges.logWeights(), options.judges), t, climb.recoveries);
    }

    private final class Climb {

        final AnnealedPaths judges;
        PathParameters best;
        int patience = options.patience;
        int recoveries;
        private final AnnealedPaths paths;
        private final Randomness training;
        private final Randomness judging;
        private final SafeParameters safe = new SafeParameters(method, options.trained);
        private final Adam adam;
        private PathParameters parameters;
        private double[] free;
        private double bestMean;
        private double retreat = 1;

        Climb(Target target, PathParameters start, Randomness random) {
            this.paths = AnnealedPaths.forTraining(target, method, bridges, options.paths);
            this.judges = AnnealedPaths.forSampling(target, method, bridges, options.judges);
            this.training = random.branch(TRAINING);
            this.judging = random.branch(JUDGING);
            this.parameters = start;
            this.best = start;
            this.free = safe.free(start);
            this.adam = new Adam(free.length, 10 * Math.sqrt(Math.max(1, bridges)));
            this.bestMean = bound(start);
        }

        void step(int t) {
            double[] gradient = paths.gradient(parameters, training, t);
            safe.chain(parameters, gradient);
            if (!isFinite(gradient) || !Double.isFinite(paths.meanLogWeight())) {
                recover();
                return;
            }
            adam.climb(free, gradient, options.rate * StrictMath.pow(0.1, (double) t / options.iterations));
            parameters = safe.bound(free, parameters);
        }

        void judge() {
            double mean = bound(parameters);
            patience--;
            if (mean > bestMean) {
                bestMean = mean;
                best = parameters;
                patience = options.patience;
                retreat = 1;
            }
        }

        private void recover() {
            recoveries++;
            retreat /= 2;
            parameters = best.withSteps(retreat * best.step(), best.friction());
            free = safe.free(parameters);
            adam.forget();
        }

        private double bound(PathParameters candidate) {
            judges.run(candidate, judging, 0);
            return Bound.of(judges.logWeights(), options.judges).mean();
        }
    }

    private static boolean isFinite(double[] gradient) {
        for (double g : gradient) {
            if (!Double.isFinite(g)) {
                return false;
            }
        }
        return true;
    }
}
