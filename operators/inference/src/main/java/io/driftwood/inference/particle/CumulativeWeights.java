package io.driftwood.inference.particle;

/**
 * Inversion of the distribution function of a set of weights at sorted points.
 *
 * <p>Sums are compensated (Neumaier), so the k-th cumulative weight carries one rounding and not k of them. Points are scaled by
 * the computed total instead of by 1, so a total that is not quite 1 moves every boundary in proportion and none is lost; the
 * last index is the last particle of positive weight. A particle of weight 0 is never chosen.
 */
final class CumulativeWeights {

    private CumulativeWeights() {}

    /**
     * cumulative[offset + i] = sum of weights[0..i], ascending.
     *
     * @return the total
     * @throws IllegalArgumentException when no weight is positive: there is nothing to choose from
     */
    static double fill(double[] weights, int weightOffset, int size, double[] cumulative, int offset) {
        double sum = 0;
        double lost = 0;
        double highest = 0;
        for (int i = 0; i < size; i++) {
            double weight = weights[weightOffset + i];
            double next = sum + weight;
            lost += sum >= weight ? (sum - next) + weight : (weight - next) + sum;
            sum = next;
            // Rounding of the compensated value may step back by an ulp; a particle of weight 0 must not gain a gap from that.
            double here = sum + lost;
            if (weight > 0 && here > highest) {
                highest = here;
            }
            cumulative[offset + i] = highest;
        }
        if (!(highest > 0)) {
            throw new IllegalArgumentException("the weights add up to " + highest + "; at least one must be positive");
        }
        return highest;
    }

    /**
     * ancestors[k] = the smallest i with cumulative[i] &gt; points[k]; points beyond the total choose the last particle of positive weight.
     *
     * @param points ascending, from pointOffset
     */
    static void invert(double[] cumulative, int offset, int size, double[] points, int pointOffset, int count, int[] ancestors) {
        int last = lastPositive(cumulative, offset, size);
        int i = 0;
        for (int k = 0; k < count; k++) {
            double point = points[pointOffset + k];
            while (i < last && !(cumulative[offset + i] > point)) {
                i++;
            }
            ancestors[k] = i;
        }
    }

    /** The last particle of positive weight. */
    static int lastPositive(double[] cumulative, int offset, int size) {
        int last = size - 1;
        while (last > 0 && cumulative[offset + last - 1] == cumulative[offset + last]) {
            last--;
        }
        return last;
    }
}
