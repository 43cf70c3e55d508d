package io.driftwood.inference.model;

/**
 * Weighted sums of the first number of data rows about a centre c, all that a normal likelihood needs of them:
 * sum_r w_r (y_r - mean)^2 = squares - 2 first (mean - c) + weight (mean - c)^2. The centre is the first row's number, so nothing large cancels; weights
 * may have any sign, as when rows leave a window.
 */
final class CentredSums {

    static final int WEIGHT = 0;
    static final int FIRST = 1;
    static final int SQUARES = 2;
    static final int CENTRE = 3;
    static final int LENGTH = 4;

    private CentredSums() {}

    /** Fills sums[0..LENGTH). */
    static void of(Rows rows, int from, int to, double[] sums) {
        double weight = 0;
        double first = 0;
        double squares = 0;
        double centre = 0;
        boolean empty = true;
        for (int r = from; r < to; r++) {
            double w = rows.weights[r];
            if (w != 0) {
                double y = rows.values[r * rows.width];
                centre = empty ? y : centre;
                empty = false;
                weight += w;
                first += w * (y - centre);
                squares += w * (y - centre) * (y - centre);
            }
        }
        sums[WEIGHT] = weight;
        sums[FIRST] = first;
        sums[SQUARES] = squares;
        sums[CENTRE] = centre;
    }
}
