package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides a target into {@link Strata} and tunes annealed paths for each. Pilot paths for the whole target come first; weighed by e^L, they tell the
 * directions in which it departs most from the standard normal ({@link Departures}), and where along them its mass is. Then every stratum gets the nearest normal,
 * whose coordinates are its own, and paths that are tuned in them.
 *
 * <p>Slabs are of equal width between the 5 % and the 95 % point and soft by a share of it; several directions are divided one within the other, and there are as many
 * strata as the product of their counts. Shares and strata are constants of what comes after: {@link StratifiedPaths} are unbiased whatever the pilot saw. It helps
 * where the pilot reaches all of the target's mass: with far modes, from a wide start that is not trained, because a trained one settles for a single mode; and
 * their edges must be hard, or the little that leaks of one mode into the stratum of another is a mode there that its paths do not find.
 */
public final class StratifiedTuner {

    private static final int PILOTS = 4000;
    private static final double LEAST_EFFECTIVE = 100;
    private static final double LEAST_POWER = 1e-12;
    private static final double TAIL = 0.05;
    /** Of a slab's width: soft enough that windows are smooth, hard enough that they are narrow. At 0.1 and 0.4 bounds of funnels are lower by 0.01 to 0.04 nat. */
    public static final double SOFTNESS = 0.2;
    private static final long PILOT = 1;
    private static final long FRESH = 2;
    private static final long STARTING = 3;
    private static final long TUNING = 4;

    private final List<Integer> counts;
    private final double softness;
    private final PathPlan plan;
    private final GaussianVariational starts;
    private final PathTuner.Options options;

    /**
     * @param counts of slabs along the first, second, ... direction
     * @param softness of the edges, of a slab's width
     * @param starts fits the strata's normals
     * @param options of the pilot and of each stratum
     */
    public StratifiedTuner(List<Integer> counts, double softness, PathPlan plan, GaussianVariational starts, PathTuner.Options options) {
        if (counts.stream().anyMatch(c -> c < 1) || counts.size() > plan.dimension()) {
            throw new IllegalArgumentException("cannot divide " + plan.dimension() + " dimensions into " + counts + " strata");
        }
        this.counts = List.copyOf(counts);
        this.softness = softness;
        this.plan = plan;
        this.starts = starts;
        this.options = options;
    }

    /**
     * @param target in the coordinates in which its start is standard
     * @throws ArithmeticException when the pilot does not see the target
     */
    public StratifiedPaths tune(Target target, PathParameters first, Randomness random) {
        Pilot pilot = pilot(target, first, random);
        List<StratifiedPaths.Stratum> strata = new ArrayList<>();
        for (Target part : divide(target, pilot)) {
            strata.add(tune(part, pilot.mean(target, part), first, random.branch(TUNING).branch(strata.size())));
        }
        return new StratifiedPaths(plan, strata);
    }

    private StratifiedPaths.Stratum tune(Target part, double[] start, PathParameters first, Randomness random) {
        WhitenedTarget own = new WhitenedTarget(part, starts.fit(part, start, random.branch(STARTING)).normal());
        return new StratifiedPaths.Stratum(own, new PathTuner(plan, options).tune(own, first, random.branch(TUNING)));
    }

    private Pilot pilot(Target target, PathParameters first, Randomness random) {
        AnnealedPaths paths = AnnealedPaths.forSampling(target, plan, PILOTS);
        paths.run(new PathTuner(plan, options).tune(target, first, random.branch(PILOT)).parameters(), random.branch(FRESH), 0);
        return new Pilot(paths.ends(), weights(paths.logWeights()));
    }

    /** In proportion to e^L, or to a power of it that leaves enough paths to see where the target is. */
    private static double[] weights(double[] logWeights) {
        LogWeights weights = new LogWeights(PILOTS);
        for (double power = 1; power == 1 || weights.effectiveSampleSize() < LEAST_EFFECTIVE; power /= 2) {
            weights.setUniform();
            if (weights.reweight(logWeights, power, new double[weights.log.length]) == Double.NEGATIVE_INFINITY) {
                throw new ArithmeticException("no pilot path ends where the target has a positive density");
            }
            if (power < LEAST_POWER) {
                throw new ArithmeticException("too few pilot paths end where the target has a positive density");
            }
        }
        return weights.normalised;
    }

    private List<Target> divide(Target target, Pilot pilot) {
        double[] score = new double[pilot.ends.length()];
        target.evaluate(pilot.ends, new double[pilot.ends.stride], score, new Scratch());
        double[][] directions = Departures.of(pilot.ends, score, pilot.weights, counts.size());
        List<Target> parts = List.of(target);
        for (int m = 0; m < directions.length; m++) {
            Strata strata = pilot.slabs(directions[m], counts.get(m), softness);
            parts = parts.stream().flatMap(part -> IntStream.range(0, strata.count()).mapToObj(c -> (Target) new StratumTarget(part, strata, c))).toList();
        }
        return parts;
    }

    /** Where weighed paths ended. */
    private record Pilot(Particles ends, double[] weights) {

        Strata slabs(double[] direction, int count, double softness) {
            double[] t = new double[ends.stride];
            new Strata(direction, new double[0], 1).project(ends.values, ends.stride, t);
            int[] order = IntStream.range(0, ends.size).boxed().sorted(Comparator.comparingDouble(i -> t[i])).mapToInt(i -> i).toArray();
            double low = quantile(t, order, TAIL);
            double width = (quantile(t, order, 1 - TAIL) - low) / count;
            double[] edges = IntStream.range(1, count).mapToDouble(c -> low + c * width).toArray();
            return new Strata(direction, edges, softness * width);
        }

        private double quantile(double[] t, int[] order, double probability) {
            double sum = 0;
            int k = 0;
            while (k < order.length - 1 && sum + weights[order[k]] <= probability) {
                sum += weights[order[k++]];
            }
            return t[order[k]];
        }

        /** The mean of a part of the target, where its paths begin to be sought. */
        double[] mean(Target whole, Target part) {
            double[] share = new double[ends.stride];
            double[] log = new double[ends.stride];
            Scratch scratch = new Scratch();
            part.evaluate(ends, share, null, scratch);
            whole.evaluate(ends, log, null, scratch);
            double sum = 0;
            for (int i = 0; i < ends.size; i++) {
                share[i] = weights[i] > 0 ? weights[i] * StrictMath.exp(share[i] - log[i]) : 0;
                sum += share[i];
            }
            double[] mean = new double[ends.dimension];
            for (int j = 0; j < mean.length; j++) {
                mean[j] = LaneMath.get().dot(share, 0, ends.values, j * ends.stride, ends.size) / sum;
            }
            return mean;
        }
    }
}
