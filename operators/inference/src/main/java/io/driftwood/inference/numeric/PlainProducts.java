package io.driftwood.inference.numeric;

/** {@link LaneMath#symmetricProducts} in scalar code: for each pair of columns 8 partial sums, one a lane of a block, added pairwise at the end. */
final class PlainProducts {

    private PlainProducts() {}

    static void symmetricProducts(double[] a, double[] b, int d, int stride, int n, double[] partial, double[] out) {
        for (int j = 0; j < d; j++) {
            for (int k = 0; k <= j; k++) {
                for (int l = 0; l < 8; l++) {
                    double sum = 0;
                    for (int i = l; i < n; i += 8) {
                        sum = Math.fma(a[j * stride + i], b[k * stride + i], sum);
                    }
                    partial[l] = sum;
                }
                store(partial, 0, j, k, d, out);
            }
        }
    }

    /** Adds 8 partial sums and puts the result at (j, k) and (k, j); above the diagonal or beyond d there is nothing to put. */
    static void store(double[] partial, int at, int j, int k, int d, double[] out) {
        if (k <= j && j < d) {
            double sum = PlainReductions.combine(partial[at], partial[at + 1], partial[at + 2], partial[at + 3],
                    partial[at + 4], partial[at + 5], partial[at + 6], partial[at + 7]);
            out[j * d + k] = sum;
            out[k * d + j] = sum;
        }
    }
}
