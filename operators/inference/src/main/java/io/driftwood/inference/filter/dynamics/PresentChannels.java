package io.driftwood.inference.filter.dynamics;

/** Leaves out what was not measured: a missing channel is integrated out of a Gaussian by striking its row and column. */
public final class PresentChannels {

    private PresentChannels() {}

    /**
     * Moves the rows of H and the rows and columns of R that belong to channels that are not NaN to the front, in place.
     *
     * @param matrix H, row-major channels x d; afterwards count x d
     * @param covariance R, row-major channels x channels; afterwards count x count
     * @param present out: the values that are there
     * @return how many there are
     */
    public static int select(double[] y, int channels, int d, double[] matrix, double[] covariance, double[] present) {
        int count = 0;
        for (int c = 0; c < channels; c++) {
            if (y[c] == y[c]) {
                System.arraycopy(matrix, c * d, matrix, count * d, d);
                present[count++] = y[c];
            }
        }
        int k = 0;
        for (int c = 0; c < channels; c++) {
            for (int e = 0; e < channels; e++) {
                if (y[c] == y[c] && y[e] == y[e]) {
                    covariance[k++] = covariance[c * channels + e];
                }
            }
        }
        return count;
    }

    /** Whether any channel was measured. */
    public static boolean any(double[] y, int channels) {
        for (int c = 0; c < channels; c++) {
            if (y[c] == y[c]) {
                return true;
            }
        }
        return false;
    }
}
