package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.Resampler;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;

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
    private final GroupResampling.Groups groups;
    private final GroupResampling resampling;
    /** log sum e^L of the groups. */
    private final double[] totals;
    private final double[] spare;

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
        this.groups = new GroupResampling.Groups(size, groups);
        this.resampling = new GroupResampling(this.groups, threshold, resampler);
        this.totals = new double[groups];
        this.spare = new double[Particles.strideOf(size)];
    }

    /** Whether paths of this plan part again after they were resampled. */
    public static boolean canResample(PathPlan plan) { return plan.bridges() > 0 && plan.method().refresh.draws(); }

    /** Runs the paths; the same arguments give the same paths, and without a resampling those of {@link AnnealedPaths}. */
    public void run(PathParameters parameters, Randomness random, long step) {
        resampling.resamplings = 0;
        paths.run(parameters, random, step, resampling);
        for (int g = 0; g < totals.length; g++) {
            totals[g] = GroupResampling.Groups.logTotal(paths.logWeights(), groups.first(g), groups.first(g + 1), spare);
        }
    }

    /** L of the paths: weights e^L of the ends, and their mean is unbiased. */
    public double[] logWeights() { return paths.logWeights(); }

    /** z_(K+1). */
    public Particles ends() { return paths.ends(); }

    /** Times that a group was resampled in the last run. */
    public int resamplings() { return resampling.resamplings; }

    /** log of the mean of e^L. */
    public double logEvidence() { return LaneMath.get().logSumExp(totals, 0, totals.length) - StrictMath.log(groups.size()); }

    /** log of the mean of e^L in a group: of independent estimates. */
    public double logEvidence(int group) { return totals[group] - StrictMath.log(groups.first(group + 1) - groups.first(group)); }

    /** Of the log-evidence, by the spread of the groups; NaN of one group. */
    public double standardError() {
        double all = LaneMath.get().logSumExp(totals, 0, totals.length);
        double squares = 0;
        for (double total : totals) {
            double apart = StrictMath.exp(total - all) - 1.0 / totals.length;
            squares += apart * apart;
        }
        return Math.sqrt(squares * totals.length / (totals.length - 1));
    }
}
