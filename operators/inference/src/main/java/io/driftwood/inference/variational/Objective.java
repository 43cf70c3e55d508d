package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import java.util.Arrays;

/**
 * What tuning raises: the mean over groups of M paths of log((1/M) sum e^L). One path a group is the evidence lower bound; more make it tighter, for any
 * paths, and with no bridges it is the importance-weighted bound. Never above log Z.
 *
 * <p>Reference: [1] Burda, Grosse and Salakhutdinov (2016), Importance weighted autoencoders. Differs from [1]: the start may be reparameterised doubly, as
 * {@link StartGradient} tells.
 *
 * @param group M
 * @param doubly whether the gradient in the start is the doubly reparameterised one: the same in the mean, exactly 0 where all weights are the same whatever the
 *     start is, and of less noise the larger the groups are
 */
public record Objective(int group, boolean doubly) {

    /** The evidence lower bound. */
    public static final Objective BOUND = new Objective(1);

    /** By gradients through the paths as they are. */
    public Objective(int group) { this(group, false); }

    public Objective {
        if (group < 1) {
            throw new IllegalArgumentException("a group has one path at least, not " + group);
        }
    }

    /** The value at these log-weights: of each group, in its first places. */
    int values(double[] logWeights, int size, double[] out) {
        int groups = groups(size);
        for (int g = 0; g < groups; g++) {
            out[g] = group == 1 ? logWeights[g] : LaneMath.get().logSumExp(logWeights, g * group, group) - StrictMath.log(group);
        }
        return groups;
    }

    /** The derivative of the mean value in each log-weight. */
    void shares(double[] logWeights, int size, double[] share) {
        int groups = groups(size);
        Arrays.fill(share, 0);
        for (int i = 0; i < groups * group; i++) {
            int from = i / group * group;
            share[i] = group == 1 ? 1.0 / size : StrictMath.exp(logWeights[i] - LaneMath.get().logSumExp(logWeights, from, group)) / groups;
        }
    }

    private int groups(int size) {
        if (size % group != 0) {
            throw new IllegalArgumentException(size + " paths do not divide into groups of " + group);
        }
        return size / group;
    }
}
