package io.driftwood.inference.filter;

import java.util.Arrays;

/** Equally likely draws of what a number is expected to be. Owns a sorted copy of them. */
final class DrawnLaw implements Expected {

    private final double[] sorted;
    private double mean;
    private double sd;

    DrawnLaw(int draws) { sorted = new double[draws]; }

    void of(double[] draws, int offset) {
        int m = sorted.length;
        System.arraycopy(draws, offset, sorted, 0, m);
        Arrays.sort(sorted);
        double sum = 0;
        for (double x : sorted) {
            sum += x;
        }
        mean = sum / m;
        double squares = 0;
        for (double x : sorted) {
            squares += (x - mean) * (x - mean);
        }
        sd = Math.sqrt(squares / (m - 1));
    }

    @Override
    public double mean() { return mean; }

    @Override
    public double sd() { return sd; }

    /** Linear between the draws, the k-th of m standing at (k - 1/2)/m. */
    @Override
    public double quantile(double level) {
        int m = sorted.length;
        double at = level * m - 0.5;
        int below = (int) Math.floor(at);
        if (below < 0 || below >= m - 1) {
            return sorted[below < 0 ? 0 : m - 1];
        }
        return sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }

    /**
     * (draws below y + u (draws equal to y + 1)) / (m + 1): uniform on (0, 1) to the letter when y is one more draw, for numbers that are whole too.
     */
    @Override
    public double probabilityTransform(double y, double u) {
        int below = 0;
        int equal = 0;
        for (double x : sorted) {
            below += x < y ? 1 : 0;
            equal += x == y ? 1 : 0;
        }
        return (below + u * (equal + 1)) / (sorted.length + 1);
    }

    /**
     * An unbiased estimate from the draws.
     * Reference: Ferro (2014), Quarterly Journal of the Royal Meteorological Society 140.
     */
    @Override
    public double rankedScore(double y) {
        int m = sorted.length;
        double away = 0;
        double spread = 0;
        for (int k = 0; k < m; k++) {
            away += Math.abs(sorted[k] - y);
            spread += (2.0 * k - m + 1) * sorted[k];
        }
        return away / m - spread / ((double) m * (m - 1));
    }
}
