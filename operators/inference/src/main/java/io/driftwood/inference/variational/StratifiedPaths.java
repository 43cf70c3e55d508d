package io.driftwood.inference.variational;

import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Annealed paths to a target p that is divided by a partition of unity r_1 .. r_C, each stratum p_c = p r_c with a start, bridges, steps and way back of its own:
 * a start that is a mixture, and a bridge for each of its components.
 *
 * <p>Derivation. Extend p by a label, p(z, c) = p(z) r_c(z), whose marginal is p and whose normaliser is Z, since the shares sum to one. Forward, c is drawn with
 * probability w_c and then the path of stratum c; backward, c has the law r_c(z) at the path's end, and then the path the backward steps of stratum c. Hence
 * <pre>
 *   L = [log p(z_(K+1)) + log r_c(z_(K+1))] - log w_c - log q0_c(z_1) + sum_k log B_k/F_k = L_c - log w_c
 *   E e^L = sum_c w_c E e^(L_c)/w_c = sum_c Z_c = Z,   E L = sum_c w_c (E L_c - log w_c) &lt;= log Z
 * </pre>
 * by Jensen, as for any augmentation, here by a variable with finitely many values. The bound is greatest, log sum_c e^(E L_c), at w_c in proportion to e^(E L_c).
 * Here n_c of N paths are of stratum c, n_c fixed beforehand near N w_c and at least two, and w_c stands for n_c/N: the mean of e^L stays unbiased, the mean
 * of L is the bound with these w_c, and what chance would do to the labels is gone from both errors.
 *
 * <p>References: [1] Geffner and Domke (2023), Langevin diffusion variational inference, for augmentation; [2] Dinner, Thiede, Van Koten and Weare (2020),
 * Stratification as a general variance reduction method for Markov chain Monte Carlo, for partitions of unity. Differs from [2]: the strata's normalisers are
 * estimated each for itself, without bias, and need no overlap.
 */
public final class StratifiedPaths {

    /** p r_c in coordinates of its own, and what was tuned for it. */
    record Stratum(WhitenedTarget target, PathTuner.Result tuned) {}

    /**
     * @param ends z_(K+1) of every path, those of a stratum next to each other
     * @param logWeights L
     * @param sizes n_c
     */
    public record Run(Particles ends, double[] logWeights, int[] sizes) {

        /** The mean of L, and its standard error within strata. */
        public Bound bound() {
            double mean = 0;
            double variance = 0;
            for (int c = 0, from = 0; c < sizes.length; from += sizes[c++]) {
                Bound own = Bound.of(Arrays.copyOfRange(logWeights, from, from + sizes[c]), sizes[c]);
                double share = (double) sizes[c] / ends.size;
                mean += share * own.mean();
                variance += share * share * own.standardError() * own.standardError();
            }
            return new Bound(mean, Math.sqrt(variance));
        }

        /**
         * The standard error of the mean of e^L, over that mean: of independent paths within strata.
         *
         * @param weights e^L, normalised to sum 1
         */
        public double relativeError(double[] weights) {
            double variance = 0;
            for (int c = 0, from = 0; c < sizes.length; from += sizes[c++]) {
                double mean = Arrays.stream(weights, from, from + sizes[c]).average().orElseThrow();
                double squares = Arrays.stream(weights, from, from + sizes[c]).map(w -> (w - mean) * (w - mean)).sum();
                variance += squares * sizes[c] / (sizes[c] - 1);
            }
            return Math.sqrt(variance);
        }
    }

    private final PathPlan plan;
    private final List<Stratum> strata;
    private final double[] shares;

    StratifiedPaths(PathPlan plan, List<Stratum> strata) {
        this.plan = plan;
        this.strata = List.copyOf(strata);
        this.shares = shares(strata);
    }

    /** w_c in proportion to e^bound; even where no stratum has a bound. */
    private static double[] shares(List<Stratum> strata) {
        double most = strata.stream().mapToDouble(s -> s.tuned.bound().mean()).max().orElseThrow();
        double[] shares = strata.stream().mapToDouble(s -> most == Double.NEGATIVE_INFINITY ? 1 : StrictMath.exp(s.tuned.bound().mean() - most)).toArray();
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(w -> w / sum).toArray();
    }

    public int count() { return strata.size(); }

    /** w_c, from the bounds that tuning reported. */
    public double[] shares() { return shares.clone(); }

    /** What tuning each stratum came to. */
    public List<PathTuner.Result> tuned() { return strata.stream().map(Stratum::tuned).toList(); }

    /** Two for every stratum, and of the others its share, rounded so that they sum up: what was cut off most is given back first. */
    int[] sizes(int size) {
        if (size < 2 * count()) {
            throw new IllegalArgumentException(size + " paths are too few for " + count() + " strata, which need two each");
        }
        int free = size - 2 * count();
        int[] sizes = Arrays.stream(shares).mapToInt(w -> 2 + (int) (w * free)).toArray();
        int left = size - Arrays.stream(sizes).sum();
        IntStream.range(0, count()).boxed().sorted(Comparator.comparingDouble(c -> (int) (shares[c] * free) - shares[c] * free)).limit(left).forEach(c -> sizes[c]++);
        return sizes;
    }

    /**
     * Runs so many paths; the same arguments give the same paths.
     *
     * @throws IllegalArgumentException when there are not two for each stratum
     */
    public Run run(int size, Randomness random) {
        int[] sizes = sizes(size);
        Particles ends = new Particles(size, plan.dimension());
        double[] logWeights = new double[ends.stride];
        for (int c = 0, from = 0; c < count(); from += sizes[c++]) {
            run(strata.get(c), sizes[c], random.branch(c), ends, logWeights, from);
            double logShare = StrictMath.log((double) sizes[c] / size);
            for (int i = from; i < from + sizes[c]; i++) {
                logWeights[i] -= logShare;
            }
        }
        ends.pad();
        return new Run(ends, logWeights, sizes);
    }

    private void run(Stratum stratum, int size, Randomness random, Particles ends, double[] logWeights, int from) {
        AnnealedPaths paths = AnnealedPaths.forSampling(stratum.target, plan, size);
        paths.run(stratum.tuned.parameters(), random, 0);
        Particles own = new Particles(size, plan.dimension());
        stratum.target.colour(paths.ends(), own);
        System.arraycopy(paths.logWeights(), 0, logWeights, from, size);
        for (int j = 0; j < plan.dimension(); j++) {
            System.arraycopy(own.values, j * own.stride, ends.values, j * ends.stride + from, size);
        }
    }
}
