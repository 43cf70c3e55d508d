package io.driftwood.inference.variational;

import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Tunes with a rate that is looked for, and from several seeds. Every rate is tried for a part of the iterations; the one whose parameters are best is used in
 * full by every seed; the best of these is the result. All are compared on the same noise, and the bound of the result is from noise that none of them saw.
 */
public final class PathSearch {

    private static final long COMPARING = 101;
    private static final long FRESH = 102;
    /** Share of the iterations under a trial of a rate. */
    private static final int PROBE = 8;

    /**
     * One run of tuning.
     *
     * @param compared its bound on the noise that compares all
     */
    public record Trial(double rate, int seed, int iterations, int recoveries, double compared) {}

    /** @param trials in the order they were made: rates first, then seeds */
    public record Outcome(PathTuner.Result result, List<Trial> trials) {}

    private final PathPlan plan;
    private final PathTuner.Options options;
    private final double[] rates;
    private final int seeds;

    /** @param rates to be tried; one needs no trial */
    public PathSearch(PathPlan plan, PathTuner.Options options, double[] rates, int seeds) {
        if (rates.length < 1 || seeds < 1) {
            throw new IllegalArgumentException("a search has one rate and one seed at least, not " + rates.length + " and " + seeds);
        }
        this.plan = plan;
        this.options = options;
        this.rates = rates.clone();
        this.seeds = seeds;
    }

    public Outcome tune(Target target, PathParameters start, Randomness random) {
        AnnealedPaths judges = AnnealedPaths.forSampling(target, plan, options.judges());
        List<Trial> trials = new ArrayList<>();
        double rate = rates[0];
        double highest = Double.NEGATIVE_INFINITY;
        for (int r = 0; r < rates.length && rates.length > 1; r++) {
            TuningRun run = run(target, start, rates[r], 0, Math.max(1, options.iterations() / PROBE), random);
            double compared = compare(judges, run, random, rates[r], 0, trials);
            if (compared > highest) {
                highest = compared;
                rate = rates[r];
            }
        }
        TuningRun best = null;
        highest = Double.NEGATIVE_INFINITY;
        for (int seed = 0; seed < seeds; seed++) {
            TuningRun run = run(target, start, rate, seed, options.iterations(), random);
            double compared = compare(judges, run, random, rate, seed, trials);
            if (best == null || compared > highest) {
                highest = compared;
                best = run;
            }
        }
        judges.run(best.best(), random.branch(FRESH), 0);
        return new Outcome(new PathTuner.Result(best.best(), bound(judges), best.iteration(), best.recoveries()), List.copyOf(trials));
    }

    private TuningRun run(Target target, PathParameters start, double rate, int seed, int iterations, Randomness random) {
        TuningRun run = new PathTuner(plan, options.with(options.paths(), rate).lasting(iterations)).begin(target, start, random.branch(seed));
        run.advance(iterations);
        return run;
    }

    private double compare(AnnealedPaths judges, TuningRun run, Randomness random, double rate, int seed, List<Trial> trials) {
        judges.run(run.best(), random.branch(COMPARING), 0);
        double compared = bound(judges).mean();
        trials.add(new Trial(rate, seed, run.iteration(), run.recoveries(), compared));
        return compared;
    }

    private Bound bound(AnnealedPaths judges) {
        double[] values = new double[judges.size()];
        return Bound.of(values, options.objective().values(judges.logWeights(), judges.size(), values));
    }
}
