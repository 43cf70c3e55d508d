package io.driftwood.inference.filter;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.particle.LogWeights;
import java.util.Arrays;

/**
 * Weighs a population tile by tile, with one exponential a particle: a tile's numbers are still in the nearest cache when they are weighed.
 * Each tile is scaled by its own maximum, and all by their common total at the end:
 * <pre>
 *   log_i += u_i;   m = max, W_i = e^(log_i - m), s = sum W_i, of the tile
 *   total = log sum_tiles s e^m;   log_i -= total,   W_i *= e^(m - total)
 * </pre>
 * Log-weights enter with their scale: sum e^log_i is 1, or an unbiased estimate of 1 after a resampling by other weights than these, so
 * that the totals multiply to an unbiased estimate of the likelihood. Owns two numbers a tile; not to be shared between threads.
 */
final class Weighing {

    /** Particles that move and are weighed together; a few columns of them fit the first-level cache. */
    static final int TILE = 1024;

    private final LaneMath math = LaneMath.get();
    private LogWeights weights;
    private double[] top = new double[1];
    private double[] sum = new double[1];
    private int tiles;

    void open(LogWeights weights) {
        this.weights = weights;
        tiles = 0;
        int needed = (weights.size + TILE - 1) / TILE;
        if (top.length < needed) {
            top = new double[needed];
            sum = new double[needed];
        }
    }

    /** Takes in the next {@code TILE} particles, or what is left of them. An increment that is NaN or +inf counts as -inf. */
    void add(double[] logIncrement) {
        int from = tiles * TILE;
        int count = Math.min(TILE, weights.size - from);
        double[] log = weights.log;
        for (int i = 0; i < count; i++) {
            log[from + i] += logIncrement[i];
        }
        double max = math.max(log, from, count);
        if (max == Double.POSITIVE_INFINITY) {
            withoutOddities(log, from, count);
            max = math.max(log, from, count);
        }
        top[tiles] = max;
        sum[tiles++] = max == Double.NEGATIVE_INFINITY ? 0 : exponentials(log, from, count, max);
    }

    private double exponentials(double[] log, int from, int count, double max) {
        double[] normalised = weights.normalised;
        for (int i = from; i < from + count; i++) {
            normalised[i] = log[i] - max;
        }
        math.exp(normalised, from, normalised, from, count);
        double total = math.sum(normalised, from, count);
        if (total != total) {
            withoutOddities(log, from, count);
            return exponentials(log, from, count, max);
        }
        return total;
    }

    private static void withoutOddities(double[] log, int from, int count) {
        for (int i = from; i < from + count; i++) {
            log[i] = log[i] < Double.POSITIVE_INFINITY ? log[i] : Double.NEGATIVE_INFINITY;
        }
    }

    /** @return log sum_i e^(log_i + u_i); -inf when no particle survives, and then the weights are as they were when opened */
    double close() {
        double total = logTotal();
        if (total == Double.NEGATIVE_INFINITY) {
            math.log(weights.normalised, 0, weights.log, 0, weights.size);
            return total;
        }
        for (int t = 0; t < tiles; t++) {
            int from = t * TILE;
            int end = Math.min(from + TILE, weights.size);
            if (top[t] == Double.NEGATIVE_INFINITY) {
                Arrays.fill(weights.normalised, from, end, 0.0);
            } else {
                scale(from, end, total, StrictMath.exp(top[t] - total));
            }
        }
        return total;
    }

    private double logTotal() {
        double max = math.max(top, 0, tiles);
        if (max == Double.NEGATIVE_INFINITY) {
            return max;
        }
        double scaled = 0;
        for (int t = 0; t < tiles; t++) {
            scaled += top[t] == max ? sum[t] : sum[t] * StrictMath.exp(top[t] - max);
        }
        return max + StrictMath.log(scaled);
    }

    private void scale(int from, int end, double total, double factor) {
        double[] log = weights.log;
        double[] normalised = weights.normalised;
        for (int i = from; i < end; i++) {
            log[i] -= total;
        }
        for (int i = from; i < end; i++) {
            normalised[i] *= factor;
        }
    }

    /** log w_i = -log N, W_i = 1/N. */
    static void uniform(LogWeights weights) { uniform(weights, weights.size); }

    /** log w_i = -log n, W_i = 1/n of the first n particles; the others have none. */
    static void uniform(LogWeights weights, int n) {
        Arrays.fill(weights.log, 0, n, -StrictMath.log(n));
        Arrays.fill(weights.log, n, weights.log.length, Double.NEGATIVE_INFINITY);
        Arrays.fill(weights.normalised, 0, n, 1.0 / n);
        Arrays.fill(weights.normalised, n, weights.normalised.length, 0.0);
    }
}
