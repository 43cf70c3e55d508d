package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.Resampler;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * Annealed paths that are resampled on the way: a sequential Monte Carlo sampler with the tuned kernels F_k forward and B_k backward. With L_k the log-weight of a
 * path so far, before it steps on bridge k,
 * <pre>
 *   V_k = L_k + log pi_k(z_k) - |rho_k|^2/2,   Z_k = mean e^V_k;   chosen with probabilities e^V_k / sum e^V_k, path a goes on with L = log Z_k - log pi_k(z_a) + |rho_a|^2/2
 * </pre>
 * where the effective size of e^V_k within a group falls below a share of it. The mean of e^L at the ends is an unbiased estimate of Z, whatever pi_k &gt; 0 is; here it is
 * the bridge that comes next, the normal to the power 1 - beta times the target to the power beta, since that is what the step weighs the path by. Groups are
 * independent and of the same size within one, so that their spread tells the error.
 *
 * <p>Needs noise in the steps, or resampled paths stay together. Log-densities are at hand where steps score their ends; other steps cost a density more a bridge.
 *
 * <p>Reference: [1] Del Moral, Doucet and Jasra (2006), Sequential Monte Carlo samplers, JRSS B 68(3). Differs from [1]: the backward kernels are those of
 * the paths, not the reversals of the moves, and resampling keeps to groups.
 */
public final class ResampledPaths {

    private final AnnealedPaths paths;
    private final int size;
    private final int groups;
    private final double threshold;
    private final Resampler resampler;
    private final double[] towards;
    private final double[] weights;
    private final int[] ancestors;
    private final double[] spare;
    private final double[] totals;
    private int resamplings;

    /**
     * @param size paths
     * @param groups in which they are resampled, each by itself; at most {@code size}
     * @param threshold share of the effective size below which a group is resampled: 0 never, 1 before every bridge
     * @throws IllegalArgumentException for a plan whose steps have no noise
     */
    public ResampledPaths(Target target, PathPlan plan, int size, int groups, double threshold, Resampler resampler) {
        if (!canResample(plan)) {
            throw new IllegalArgumentException(TunedPath.nameOf(plan.method()) + " over " + plan.bridges() + " bridges has no steps with noise, so that resampled paths would stay together");
        }
        this.paths = AnnealedPaths.forSampling(target, plan, size);
        this.size = size;
        this.groups = groups;
        this.threshold = threshold;
        this.resampler = resampler;
        this.towards = new double[Particles.strideOf(size)];
        this.weights = new double[towards.length];
        this.ancestors = new int[towards.length];
        this.spare = new double[4 * towards.length + 16];
        this.totals = new double[groups];
    }

    /** Whether paths of this plan part again after they were resampled. */
    public static boolean canResample(PathPlan plan) { return plan.bridges() > 0 && plan.method().refresh.draws(); }

    /** Runs the paths; the same arguments give the same paths, and without a resampling those of {@link AnnealedPaths}. */
    public void run(PathParameters parameters, Randomness random, long step) {
        resamplings = 0;
        paths.run(parameters, random, step, this::resample);
        for (int g = 0; g < groups; g++) {
            totals[g] = LaneMath.get().logSumExp(finite(paths.logWeights(), first(g), first(g + 1)), 0, first(g + 1) - first(g));
        }
    }

    /** L of the paths: weights e^L of the ends, and their mean is unbiased. */
    public double[] logWeights() { return paths.logWeights(); }

    /** z_(K+1). */
    public Particles ends() { return paths.ends(); }

    /** Times that a group was resampled in the last run. */
    public int resamplings() { return resamplings; }

    /** log of the mean of e^L. */
    public double logEvidence() { return LaneMath.get().logSumExp(totals, 0, groups) - StrictMath.log(size); }

    /** log of the mean of e^L in a group: of independent estimates. */
    public double logEvidence(int group) { return totals[group] - StrictMath.log(first(group + 1) - first(group)); }

    /** Of the log-evidence, by the spread of the groups; NaN of one group. */
    public double standardError() {
        double all = LaneMath.get().logSumExp(totals, 0, groups);
        double squares = 0;
        for (double total : totals) {
            squares += Math.pow(StrictMath.exp(total - all) - 1.0 / groups, 2);
        }
        return Math.sqrt(squares * groups / (groups - 1));
    }

    private int first(int group) { return (int) ((long) group * size / groups); }

    private void resample(Leg leg, boolean scored, double[] logWeights, Randomness random, long step, Scratch scratch) {
        if (!scored) {
            leg.target.evaluate(leg.from, leg.logDensity, null, scratch);
        }
        weighTowards(leg);
        for (int g = 0; g < groups; g++) {
            int from = first(g);
            int count = first(g + 1) - from;
            keepPositive(from, count);
            double total = weigh(logWeights, from, count);
            if (total > Double.NEGATIVE_INFINITY && isUneven(count)) {
                resamplings++;
                resampler.resample(weights, count, ancestors, count, random, step, leg.index * groups + g, spare);
                follow(leg, scored, from, count);
                for (int i = from; i < from + count; i++) {
                    logWeights[i] = total - StrictMath.log(count) - towards[i];
                }
            }
        }
    }

    /** log pi_k(z) - |rho|^2/2, up to what is the same for all paths. */
    private void weighTowards(Leg leg) {
        Arrays.fill(towards, 0);
        LaneMath.get().axpy(leg.beta, leg.logDensity, 0, towards, 0, leg.stride);
        for (int j = 0; j < leg.dimension; j++) {
            for (int i = 0; i < leg.stride; i++) {
                int at = j * leg.stride + i;
                double away = leg.from.values[at] - leg.mean[at];
                towards[i] -= 0.5 * ((1 - leg.beta) * leg.precision[at] * away * away + leg.fromMomentum[at] * leg.fromMomentum[at]);
            }
        }
    }

    /** Where the target has no density a path may still come back: it counts as much as the one that counts least. */
    private void keepPositive(int from, int count) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            least = Math.min(least, Double.isFinite(towards[i]) ? towards[i] : least);
        }
        for (int i = from; i < from + count; i++) {
            towards[i] = Double.isFinite(towards[i]) ? towards[i] : least < Double.POSITIVE_INFINITY ? least : 0;
        }
    }

    /** Normalised weights of a group; returns the log of their total. */
    private double weigh(double[] logWeights, int from, int count) {
        System.arraycopy(logWeights, from, weights, 0, count);
        LaneMath.get().axpy(1, towards, from, weights, 0, count);
        double total = LaneMath.get().logSumExp(finite(weights, 0, count), 0, count);
        for (int i = 0; i < count; i++) {
            weights[i] = spare[i] - total;
        }
        LaneMath.get().exp(weights, 0, weights, 0, count);
        return total;
    }

    /** Log-weights in {@code spare}, where what has no density has -inf. */
    private double[] finite(double[] logWeights, int from, int to) {
        for (int i = from; i < to; i++) {
            spare[i - from] = logWeights[i] < Double.POSITIVE_INFINITY ? logWeights[i] : Double.NEGATIVE_INFINITY;
        }
        return spare;
    }

    private boolean isUneven(int count) {
        return threshold >= 1 || LaneMath.get().dot(weights, 0, weights, 0, count) * threshold * count > 1;
    }

    /** Every path of a group takes the place of its ancestor. */
    private void follow(Leg leg, boolean scored, int from, int count) {
        for (int j = 0; j < leg.dimension; j++) {
            int column = j * leg.stride + from;
            gather(leg.from.values, column, count);
            gather(leg.fromMomentum, column, count);
            if (scored) {
                gather(leg.fromScore, column, count);
            }
        }
        gather(towards, from, count);
    }

    private void gather(double[] values, int from, int count) {
        System.arraycopy(values, from, spare, 0, count);
        for (int i = 0; i < count; i++) {
            values[from + i] = spare[ancestors[i]];
        }
    }
}
