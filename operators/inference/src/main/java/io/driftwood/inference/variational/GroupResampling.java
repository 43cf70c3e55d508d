package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.Resampler;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/** Resamples paths before they step on a bridge, each group by itself where it is uneven: see {@link ResampledPaths} for the weights. */
final class GroupResampling implements Exchange {

    /** So many paths in so many groups, each of the same size within one. */
    record Groups(int size, int count) {

        /** The first path of a group; for the number of groups, the number of paths. */
        int first(int group) { return (int) ((long) group * size / count); }

        /** log sum e^L; what is not a weight counts as none, and is -inf in {@code spare} where the numbers are left. */
        static double logTotal(double[] logWeights, int from, int to, double[] spare) {
            for (int i = from; i < to; i++) {
                spare[i - from] = logWeights[i] < Double.POSITIVE_INFINITY ? logWeights[i] : Double.NEGATIVE_INFINITY;
            }
            return LaneMath.get().logSumExp(spare, 0, to - from);
        }
    }

    private final Groups groups;
    private final double threshold;
    private final Resampler resampler;
    /** log pi_k(z) - |rho|^2/2 of the paths, the normalised weights and ancestors of a group, and a buffer. */
    private final double[] towards;
    private final double[] weights;
    private final int[] ancestors;
    private final double[] spare;
    /** Times that a group was resampled, since it was last set to 0. */
    int resamplings;

    GroupResampling(Groups groups, double threshold, Resampler resampler) {
        this.groups = groups;
        this.threshold = threshold;
        this.resampler = resampler;
        this.towards = new double[Particles.strideOf(groups.size)];
        this.weights = new double[towards.length];
        this.ancestors = new int[towards.length];
        this.spare = new double[4 * towards.length + 16];
    }

    @Override
    public void before(Leg leg, boolean scored, double[] logWeights, Randomness random, long step, Scratch scratch) {
        if (!scored) {
            leg.target.evaluate(leg.from, leg.logDensity, null, scratch);
        }
        weighTowards(leg);
        for (int g = 0; g < groups.count(); g++) {
            int from = groups.first(g);
            int count = groups.first(g + 1) - from;
            keepPositive(from, count);
            double total = weigh(logWeights, from, count);
            if (total > Double.NEGATIVE_INFINITY && isUneven(count)) {
                resamplings++;
                resampler.resample(weights, count, ancestors, count, random, step, leg.index * groups.count() + g, spare);
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
        double total = Groups.logTotal(weights, 0, count, spare);
        for (int i = 0; i < count; i++) {
            weights[i] = spare[i] - total;
        }
        LaneMath.get().exp(weights, 0, weights, 0, count);
        return total;
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
