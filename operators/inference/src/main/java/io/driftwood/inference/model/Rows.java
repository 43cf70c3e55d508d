package io.driftwood.inference.model;

import java.util.Arrays;

/**
 * Data rows that a likelihood sums over, encoded by {@link Model#encode}: row r at {@code values[r*width .. (r+1)*width)} with
 * weight {@code weights[r]} (1 for a whole observation; less while it is being assimilated, discounted or leaving a window).
 */
public final class Rows {

    public final int width;
    public double[] values;
    public double[] weights;
    public int count;

    public Rows(int width) {
        this.width = width;
        this.values = new double[16 * Math.max(1, width)];
        this.weights = new double[16];
    }

    /** Appends a row and returns its index; grows by doubling. */
    public int append(double[] row, double weight) { return append(row, 0, weight); }

    /** Appends a copy of a row of others of the same width. */
    public int append(Rows others, int r, double weight) { return append(others.values, r * width, weight); }

    private int append(double[] source, int offset, double weight) {
        if (count == weights.length) {
            weights = Arrays.copyOf(weights, 2 * count);
            values = Arrays.copyOf(values, 2 * count * width);
        }
        System.arraycopy(source, offset, values, count * width, width);
        weights[count] = weight;
        return count++;
    }

    /** Forgets the {@code dropped} oldest rows. */
    public void dropFirst(int dropped) {
        System.arraycopy(values, dropped * width, values, 0, (count - dropped) * width);
        System.arraycopy(weights, dropped, weights, 0, count - dropped);
        count -= dropped;
    }

    public void clear() { count = 0; }
}
