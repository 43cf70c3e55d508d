package io.driftwood.inference.filter;

import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/**
 * How many particles a population needs. Space is cut into boxes; with k of them occupied,
 * <pre>   n = (k - 1) / (2 eps) (1 - c + sqrt(c) z)^3,   c = 2 / (9 (k - 1)),   z the (1 - delta) quantile of N(0, 1)   </pre>
 * draws keep the Kullback-Leibler divergence of the drawn from the true law over the boxes below eps with probability 1 - delta; then n is kept within
 * bounds. Particles that the weights would not choose occupy no box. O(N d). Owns a table of 2 N to 4 N numbers.
 *
 * <p>The number follows from the population before it moves, so the product of the increments stays unbiased.
 *
 * <p>Reference: [1] Fox (2003), International Journal of Robotics Research 22, 985-1003. Differs from [1]: boxes are counted before the population
 * moves, not one particle after another while it does.
 */
final class ParticleCount {

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final double error;
    private final double quantile;
    private final double[] box;
    private final int least;
    private final int most;
    private final long[] table;

    /**
     * @param error eps, in nats
     * @param quantile z
     * @param box widths of a box in units of the state's columns; one for all, or one each
     */
    ParticleCount(double error, double quantile, double[] box, int least, int most) {
        this.error = error;
        this.quantile = quantile;
        this.box = box;
        this.least = Math.min(least, most);
        this.most = most;
        this.table = new long[4 * Integer.highestOneBit(most)];
    }

    /** @param active how many particles there are now, the first of the population */
    int wanted(Particles x, double[] weights, int active) { return needed(occupied(x, weights, active)); }

    /** n for k boxes, within the bounds. */
    int needed(int boxes) {
        if (boxes < 2) {
            return least;
        }
        double c = 2.0 / (9.0 * (boxes - 1));
        double root = 1 - c + Math.sqrt(c) * quantile;
        return (int) Math.max(least, Math.min(most, Math.ceil((boxes - 1) / (2 * error) * root * root * root)));
    }

    /** Boxes with a particle that systematic resampling from the points (k + 1/2) / active would choose. */
    int occupied(Particles x, double[] weights, int active) {
        Arrays.fill(table, 0);
        int boxes = 0;
        double cumulative = 0;
        double passed = 0;
        for (int i = 0; i < active; i++) {
            cumulative += weights[i];
            double points = Math.floor(cumulative * active + 0.5);
            if (points > passed && enter(key(x, i))) {
                boxes++;
            }
            passed = points;
        }
        return boxes;
    }

    private long key(Particles x, int i) {
        long key = 0;
        for (int j = 0; j < x.dimension; j++) {
            double width = box[Math.min(j, box.length - 1)];
            key = (key ^ (long) Math.floor(x.values[j * x.stride + i] / width)) * MIX;
            key ^= key >>> 32;
        }
        return key == 0 ? 1 : key;
    }

    /** @return whether the key is new */
    private boolean enter(long key) {
        int at = (int) (key * MIX >>> 33) & (table.length - 1);
        while (table[at] != 0) {
            if (table[at] == key) {
                return false;
            }
            at = (at + 1) & (table.length - 1);
        }
        table[at] = key;
        return true;
    }
}
