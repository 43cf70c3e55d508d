package io.driftwood.inference.variational;

/** Sums over coordinates for every path, in ascending order of the coordinates. */
final class Columns {

    private Columns() {}

    /** out[i] += factor * sum_j a_ji b_ji. */
    static void addDots(double factor, double[] a, double[] b, int dimension, int stride, double[] out) {
        for (int j = 0; j < dimension; j++) {
            int column = j * stride;
            for (int i = 0; i < stride; i++) {
                out[i] += factor * a[column + i] * b[column + i];
            }
        }
    }

    static void addSquares(double factor, double[] a, int dimension, int stride, double[] out) { addDots(factor, a, a, dimension, stride, out); }

    /** out[i] += a. */
    static void add(double a, int stride, double[] out) {
        for (int i = 0; i < stride; i++) {
            out[i] += a;
        }
    }
}
