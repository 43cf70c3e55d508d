package io.driftwood.inference.variational;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Goes on tuning paths from what a stream has lately done: every far observation comes as a {@link FarStep}, the last of them are kept, and now and then some
 * iterations of {@link TuningRun} raise the mean bound of paths from N(0, I) to where these steps end,
 * <pre>   (1/R) sum_r E L_r <= 0   </pre>
 * from the best parameters so far. Each time the rate begins high again and falls [1], because what is tuned for has changed; the parameters before are kept
 * where nothing better is found. Tuning is adaptive, its result a constant: paths that use it weigh their particles truly, however little it was tuned for.
 *
 * <p>There is tuning with each of the first steps, and later whenever all that are kept are new; a snapshot is there after each. It is of type "tuned-path", with
 * the bound from fresh paths on the same steps. Allocates.
 *
 * <p>Reference: [1] Loshchilov and Hutter (2017), SGDR: stochastic gradient descent with warm restarts. Differs from [1]: the memory of Adam does not survive a
 * restart; the rate falls geometrically.
 */
public final class PathLearner implements Learner {

    /*
     * State: nothing before the first step; then n, d, mean and standard error of the bound, the last steps (window x 2d, step n at (n mod window)), and the
     * best parameters as they are flat.
     */
    private static final int COUNT = 0;
    private static final int DIMENSION = 1;
    private static final int BOUND = 2;
    private static final int STEPS = 4;
    /** Under a gradient; rounded up so that every step has as many. */
    private static final int LEAST_PATHS = 8;
    private static final int JUDGES = 1000;
    private static final int JUDGEMENTS = 20;
    private static final int PATIENCE = 6;
    /** Nearer to 1 the share of the momentum that is kept is at the edge, from where no gradient leads back. */
    private static final double MOST_KEPT = 1 - 1e-6;

    private final String name;
    private final Method method;
    private final int bridges;
    private final int window;
    private final PathTuner.Options tuning;
    private final long seed;

    /**
     * @param window far steps that are tuned for at once
     * @param iterations with each of them, at most
     */
    public PathLearner(String name, Method method, int bridges, int window, int iterations, double rate, long seed) {
        this.name = name;
        this.method = method;
        this.bridges = bridges;
        this.window = window;
        this.tuning = new PathTuner.Options(window * ((LEAST_PATHS + window - 1) / window), iterations, rate, JUDGES, Math.max(1, iterations / JUDGEMENTS), PATIENCE,
                EnumSet.of(Trained.STEP, Trained.FRICTION, Trained.BRIDGES));
        this.seed = seed;
    }

    /** None: see {@link #fromFarSteps}. */
    @Override
    public List<String> fields() { return List.of(); }

    @Override
    public boolean fromFarSteps() { return true; }

    @Override
    public double[] start() { return new double[0]; }

    /**
     * Begins anew where the state is that of a learner with another window, other bridges, or in another dimension.
     *
     * @param values of a {@link FarStep}
     */
    @Override
    public double[] learn(double[] state, double[] values, Scratch scratch) {
        double[] known = isOwn(state) && 2 * (int) state[DIMENSION] == values.length ? state : empty(values.length / 2);
        System.arraycopy(values, 0, known, STEPS + (int) (known[COUNT] % window) * values.length, values.length);
        known[COUNT]++;
        if (!isTuned(known)) {
            return known;
        }
        Randomness random = Randomness.of(seed, name).branch((long) known[COUNT]);
        FarTargets targets = new FarTargets(recent(known));
        PathParameters first = known[COUNT] == 1 ? FirstSteps.towards(targets, method, bridges, random) : best(known);
        TuningRun run = new PathTuner(method, bridges, tuning).begin(targets, awayFromTheEdge(first), random);
        run.advance(tuning.iterations());
        PathTuner.Result result = run.result();
        keep(result.parameters(), known);
        known[BOUND] = result.bound().mean();
        known[BOUND + 1] = result.bound().standardError();
        return known;
    }

    @Override
    public Optional<Learned> snapshot(double[] state, long version, long eventTime) {
        if (!isOwn(state) || !isTuned(state) || !Double.isFinite(state[BOUND])) {
            return Optional.empty();
        }
        TunedPath path = new TunedPath(plan(state), GaussianTarget.standard((int) state[DIMENSION]), best(state));
        return Optional.of(path.learned(name, version, eventTime, new TreeMap<>(Map.of("learned-from", words(state))),
                new Bound(state[BOUND], state[BOUND + 1])));
    }

    /** Whether there was tuning with the newest step: with each of the first, and then with every so-many-th, so that none is left out. */
    private boolean isTuned(double[] state) { return state[COUNT] <= window || state[COUNT] % window == 0; }

    private String words(double[] state) {
        double[] distances = recent(state).stream().mapToDouble(FarStep::distance).sorted().toArray();
        return String.format(Locale.ROOT, "%d far observations, of which the last %d moved a posterior mean by %.1f to %.1f sd", (long) state[COUNT],
                distances.length, distances[0], distances[distances.length - 1]);
    }

    private double[] empty(int dimension) {
        PathParameters first = TunedPath.first(PathPlan.of(method, dimension, bridges));
        double[] state = new double[parametersAt(dimension) + first.flat().length];
        state[DIMENSION] = dimension;
        keep(first, state);
        return state;
    }

    private boolean isOwn(double[] state) {
        return state.length > DIMENSION && state.length == parametersAt((int) state[DIMENSION]) + TunedPath.first(plan(state)).flat().length;
    }

    private PathPlan plan(double[] state) { return PathPlan.of(method, (int) state[DIMENSION], bridges); }

    private int parametersAt(int dimension) { return STEPS + window * 2 * dimension; }

    private List<FarStep> recent(double[] state) {
        int width = 2 * (int) state[DIMENSION];
        List<FarStep> steps = new ArrayList<>();
        for (int r = 0; r < Math.min(window, state[COUNT]); r++) {
            steps.add(FarStep.of(Arrays.copyOfRange(state, STEPS + r * width, STEPS + (r + 1) * width)));
        }
        return steps;
    }

    private PathParameters best(double[] state) {
        return TunedPath.first(plan(state)).unflatten(Arrays.copyOfRange(state, parametersAt((int) state[DIMENSION]), state.length));
    }

    private void keep(PathParameters parameters, double[] state) {
        double[] flat = parameters.flat();
        System.arraycopy(flat, 0, state, state.length - flat.length, flat.length);
    }

    private PathParameters awayFromTheEdge(PathParameters parameters) {
        return method.keepsShare() ? parameters.withSteps(parameters.step(), Math.min(MOST_KEPT, parameters.friction())) : parameters;
    }
}
