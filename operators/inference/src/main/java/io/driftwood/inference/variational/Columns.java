package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
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

    /** Copies rows of columns, at {@code lanes} of their paths from {@code lane} on, to rows of a block from {@code row} on. */
    static void copyBlock(double[] columns, int stride, int lane, double[] block, int row, int lanes, int rows) {
        if (lanes == stride) {
            System.arraycopy(columns, 0, block, row * lanes, rows * lanes);
            return;
        }
        for (int j = 0; j < rows; j++) {
            System.arraycopy(columns, j * stride + lane, block, (row + j) * lanes, lanes);
        }
    }

    /** Whether {@link #copyBlock} would change nothing. */
    static boolean isBlock(double[] columns, int stride, int lane, double[] block, int row, int lanes, int rows) {
        if (lanes == stride) {
            return Arrays.equals(columns, 0, rows * lanes, block, row * lanes, (row + rows) * lanes);
        }
        for (int j = 0; j < rows; j++) {
            int from = j * stride + lane;
            int at = (row + j) * lanes;
            if (!Arrays.equals(columns, from, from + lanes, block, at, at + lanes)) {
                return false;
            }
        }
        return true;
    }

    /** Adds rows of a block from {@code row} on to rows of columns, at {@code lanes} of their paths from {@code lane} on. */
    static void addBlock(double[] block, int row, int lanes, double[] columns, int stride, int lane, int rows) {
        if (lanes == stride) {
            LaneMath.get().axpy(1, block, row * lanes, columns, 0, rows * lanes);
            return;
        }
        for (int j = 0; j < rows; j++) {
            LaneMath.get().axpy(1, block, (row + j) * lanes, columns, j * stride + lane, lanes);
        }
    }
}
