package io.driftwood.inference.variational;

import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;

/**
 * A run of tuning that can be stopped between any two iterations, saved, and put back: see {@link PathTuner} for what it does. A step is a function of the
 * state, the number of the iteration and the randomness.
 */
public final class TuningRun {

    private static final long TRAINING = 1;
    private static final long JUDGING = 2;
    private static final long FRESH = 3;

    private final Target target;
    private final PathPlan plan;
    private final PathTuner.Options options;
    private final AnnealedPaths paths;
    private final AnnealedPaths judges;
    private final Randomness random;
    private final Randomness training;
    private final Randomness judging;
    private final SafeParameters safe;
    private final Optimiser optimiser;
    private final double[] gradient;
    /** The present parameters, and the numbers they are a view of. */
    private final double[] numbers;
    private final PathParameters parameters;
    private int iteration;
    private double[] free;
    private PathParameters best;
    private double bestMean;
    private double retreat = 1;
    private int patience;
    private int recoveries;

    TuningRun(Target target, PathPlan plan, PathTuner.Options options, PathParameters start, Randomness random) {
        this.target = target;
        this.plan = plan;
        this.options = options;
        this.paths = AnnealedPaths.forTraining(target, plan, options.paths());
        this.judges = AnnealedPaths.forSampling(target, plan, options.judges());
        this.random = random;
        this.training = random.branch(TRAINING);
        this.judging = random.branch(JUDGING);
        this.safe = new SafeParameters(plan.method(), options.trained());
        this.best = start;
        this.free = safe.free(start);
        this.gradient = new double[free.length];
        this.numbers = start.flat();
        this.parameters = new PathParameters(start.layout, numbers);
        safe.bind(free, start.layout, numbers);
        this.optimiser = options.optimiser(free.length, plan.bridges());
        this.patience = options.patience();
        this.bestMean = bound(start);
    }

    /** Whether nothing is left to do: all iterations, or no patience. */
    public boolean done() { return iteration >= options.iterations() || patience <= 0; }

    public int iteration() { return iteration; }

    public int recoveries() { return recoveries; }

    /** The bound of the best parameters so far, on the noise that judges them all: biased upwards, for progress only. */
    public double bestMean() { return bestMean; }

    /** The best parameters so far. */
    public PathParameters best() { return best; }

    /** Does this many iterations, or fewer when it is done before. */
    public void advance(int iterations) {
        for (int k = 0; k < iterations && !done(); k++) {
            step();
            iteration++;
            if (iteration % options.every() == 0) {
                judge();
            }
        }
    }

    private void step() {
        paths.gradient(parameters, training, iteration, options.objective(), gradient);
        safe.chain(parameters, gradient);
        double rate = options.rate() * StrictMath.pow(0.1, (double) iteration / options.iterations());
        if (Double.isFinite(paths.meanLogWeight()) && optimiser.climb(free, gradient, rate)) {
            safe.bind(free, parameters.layout, numbers);
        } else {
            recover();
        }
    }

    private void judge() {
        double mean = bound(parameters);
        patience--;
        if (mean > bestMean) {
            bestMean = mean;
            best = parameters.unflatten(numbers);
            patience = options.patience();
            retreat = 1;
        }
    }

    private void recover() {
        recoveries++;
        retreat /= 2;
        place(safe.free(best.withSteps(retreat * best.step(), best.friction())));
        optimiser.forget();
    }

    /** Goes on from this free vector; what is not free is as in the best parameters. */
    private void place(double[] newFree) {
        free = newFree;
        System.arraycopy(best.raw(), 0, numbers, 0, numbers.length);
        safe.bind(free, parameters.layout, numbers);
    }

    private double bound(PathParameters candidate) {
        judges.run(candidate, judging, 0);
        return judged(judges).mean();
    }

    /** A copy of all that going on needs. */
    public TuningState state() { return new TuningState(iteration, free.clone(), best.flat(), bestMean, retreat, patience, recoveries, optimiser.memory()); }

    /**
     * Goes on from there.
     *
     * @throws IllegalArgumentException when the state is of parameters of another size
     */
    public void restore(TuningState state) {
        double[] memory = optimiser.memory();
        if (state.free().length != free.length || state.best().length != free.length || state.memory().length != memory.length) {
            throw new IllegalArgumentException("a state of " + state.free().length + " parameters is not one of tuning " + free.length);
        }
        iteration = (int) state.iteration();
        best = best.unflatten(state.best());
        place(state.free().clone());
        bestMean = state.bestMean();
        retreat = state.retreat();
        patience = state.patience();
        recoveries = state.recoveries();
        optimiser.recall(state.memory());
    }

    /** What tuning has come to so far, with a bound from fresh paths. */
    public PathTuner.Result result() {
        judges.run(best, random.branch(FRESH), 0);
        return new PathTuner.Result(best, judged(judges), iteration, recoveries);
    }

    /** The bound of the best parameters so far from so many fresh paths. */
    public Bound bound(int size) {
        AnnealedPaths fresh = AnnealedPaths.forSampling(target, plan, size);
        fresh.run(best, random.branch(FRESH), 1);
        return judged(fresh);
    }

    private Bound judged(AnnealedPaths run) {
        double[] values = new double[run.size()];
        return Bound.of(values, options.objective().values(run.logWeights(), run.size(), values));
    }
}
