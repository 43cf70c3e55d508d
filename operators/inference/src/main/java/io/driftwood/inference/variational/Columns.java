package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;

/** Sums over coordinates for every path, in ascending order of the coordinates, and sums over the paths. */
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

    /** out_ji += factor * a_ji b_ji. */
    static void addProducts(double factor, double[] a, double[] b, int length, double[] out) {
        for (int i = 0; i < length; i++) {
            out[i] += factor * a[i] * b[i];
        }
    }

    /** out[i] += a. */
    static void add(double a, int stride, double[] out) {
        for (int i = 0; i < stride; i++) {
            out[i] += a;
        }
    }

    /** out[j] += sum_i share_i a_ji over the first {@code counted} paths. */
    static void addSums(double[] a, int dimension, int stride, int counted, double[] share, double[] out) {
        for (int j = 0; j < dimension; j++) {
            out[j] += LaneMath.get().dot(share, 0, a, j * stride, counted);
        }
    }

    /**
     * out[r * padded + c] += sum_i share[lane + i] a_ri b_ci over the first {@code counted} paths.
     *
     * @param lanes stride of a and b
     * @param padded columns rounded up to a multiple of eight
     */
    static void addOuter(double[] a, int rows, double[] b, int columns, int lanes, int counted, double[] share, int lane, double[] out, int padded, Scratch scratch) {
        int mark = scratch.mark();
        // One row a path of both, so that the sum over paths is a product of tiles.
        double[] left = scratch.take(counted * rows);
        double[] right = scratch.take(counted * padded);
        Arrays.fill(right, 0, counted * padded, 0);
        for (int i = 0; i < counted; i++) {
            for (int r = 0; r < rows; r++) {
                left[i * rows + r] = share[lane + i] * a[r * lanes + i];
            }
            for (int c = 0; c < columns; c++) {
                right[i * padded + c] = b[c * lanes + i];
            }
        }
        LaneMath.get().addRowsTransposedTimes(left, 0, rows, counted, rows, right, out, padded, 0, padded);
        scratch.release(mark);
    }
}
