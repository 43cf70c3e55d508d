package io.driftwood.inference.filter.dynamics;

/**
 * L with A = L Lᵀ for a small symmetric positive semidefinite matrix: noise may have fewer directions than the state, as in a trend whose
 * level has no noise of its own. A pivot below 1e-14 of the largest diagonal counts as zero, and its column of L is zero.
 */
public final class SemidefiniteFactor {

    private static final double NOTHING = 1e-14;

    private SemidefiniteFactor() {}

    /** {@code out} row-major d x d, zeros above the diagonal. */
    public static void lower(double[] a, int d, double[] out) {
        double largest = 0;
        for (int i = 0; i < d; i++) {
            largest = Math.max(largest, a[i * d + i]);
        }
        for (int j = 0; j < d; j++) {
            double pivot = a[j * d + j];
            for (int k = 0; k < j; k++) {
                pivot -= out[j * d + k] * out[j * d + k];
                out[k * d + j] = 0;
            }
            double root = pivot > NOTHING * largest ? Math.sqrt(pivot) : 0;
            out[j * d + j] = root;
            for (int i = j + 1; i < d; i++) {
                double sum = a[i * d + j];
                for (int k = 0; k < j; k++) {
                    sum -= out[i * d + k] * out[j * d + k];
                }
                out[i * d + j] = root > 0 ? sum / root : 0;
            }
        }
    }
}
