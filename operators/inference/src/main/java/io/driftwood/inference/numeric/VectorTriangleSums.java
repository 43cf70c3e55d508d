package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.LaneMath.TILE_LANES;
import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/**
 * {@link PlainColumns#addLowerTimesColumns} and its transpose on vectors, 4 output columns by 2 vectors of lanes. A tile of lanes is first copied
 * side by side: columns are as a rule a power of two apart, which puts them all in the same few lines of the nearest cache, and a constant
 * stride keeps the loop's counters out of the vector registers (see {@link VectorScores}).
 */
final class VectorTriangleSums {

    private static final int TILE = 4;
    private static final int PAIR = 2 * WIDTH;

    private VectorTriangleSums() {}

    static void addLowerTimesColumns(double factor, double[] lower, int d, double[] in, double[] out, int stride, int lanes, double[] tile) {
        for (int lane = 0; lane < lanes; lane += TILE_LANES) {
            int width = Math.min(TILE_LANES, lanes - lane);
            copy(in, stride, lane, width, d, tile);
            int paired = width - width % PAIR;
            int i = 0;
            for (; i < d % TILE; i++) {
                add1(factor, lower, i * d, 1, 0, i + 1, tile, 0, width, out, i * stride + lane);
            }
            for (; i < d; i += TILE) {
                for (int l = 0; l < paired; l += PAIR) {
                    add4x2(factor, lower, d, i, tile, l, out, i * stride + lane + l, stride);
                }
                for (int k = i; k < i + TILE; k++) {
                    add1(factor, lower, k * d, 1, 0, k + 1, tile, paired, width, out, k * stride + lane);
                }
            }
        }
    }

    static void addLowerTransposedTimesColumns(double factor, double[] lower, int d, double[] in, double[] out, int stride, int lanes, double[] tile) {
        for (int lane = 0; lane < lanes; lane += TILE_LANES) {
            int width = Math.min(TILE_LANES, lanes - lane);
            copy(in, stride, lane, width, d, tile);
            int paired = width - width % PAIR;
            int i = 0;
            for (; i + TILE <= d; i += TILE) {
                for (int l = 0; l < paired; l += PAIR) {
                    addTransposed4x2(factor, lower, d, i, tile, l, out, i * stride + lane + l, stride);
                }
                for (int k = i; k < i + TILE; k++) {
                    add1(factor, lower, k, d, k, d, tile, paired, width, out, k * stride + lane);
                }
            }
            for (; i < d; i++) {
                add1(factor, lower, i, d, i, d, tile, 0, width, out, i * stride + lane);
            }
        }
    }

    private static void copy(double[] in, int stride, int lane, int width, int d, double[] tile) {
        for (int j = 0; j < d; j++) {
            System.arraycopy(in, j * stride + lane, tile, j * TILE_LANES, width);
        }
    }

    /** Lanes [from, to) of one output column: factor times the sum over j in [first, last) of matrix[start + j * step] times column j. */
    private static void add1(double factor, double[] matrix, int start, int step, int first, int last, double[] tile, int from, int to,
            double[] out, int at) {
        for (int l = from; l < to; l += WIDTH) {
            DoubleVector sum = broadcast(DOUBLES, 0.0);
            for (int j = first; j < last; j++) {
                sum = broadcast(DOUBLES, matrix[start + j * step]).fma(fromArray(DOUBLES, tile, j * TILE_LANES + l), sum);
            }
            broadcast(DOUBLES, factor).fma(sum, fromArray(DOUBLES, out, at + l)).intoArray(out, at + l);
        }
    }

    /** Output columns i..i+3: the columns up to i for all four, then the corner of the triangle. */
    private static void add4x2(double factor, double[] lower, int d, int i, double[] tile, int lane, double[] out, int at, int stride) {
        DoubleVector a0 = broadcast(DOUBLES, 0.0);
        DoubleVector b0 = a0;
        DoubleVector a1 = a0;
        DoubleVector b1 = a0;
        DoubleVector a2 = a0;
        DoubleVector b2 = a0;
        DoubleVector a3 = a0;
        DoubleVector b3 = a0;
        DoubleVector x;
        int row = i * d;
        int column = lane;
        for (int j = row; j <= row + i; j++, column += TILE_LANES) {
            DoubleVector left = fromArray(DOUBLES, tile, column);
            DoubleVector right = fromArray(DOUBLES, tile, column + WIDTH);
            x = broadcast(DOUBLES, lower[j]);
            a0 = x.fma(left, a0);
            b0 = x.fma(right, b0);
            x = broadcast(DOUBLES, lower[j + d]);
            a1 = x.fma(left, a1);
            b1 = x.fma(right, b1);
            x = broadcast(DOUBLES, lower[j + 2 * d]);
            a2 = x.fma(left, a2);
            b2 = x.fma(right, b2);
            x = broadcast(DOUBLES, lower[j + 3 * d]);
            a3 = x.fma(left, a3);
            b3 = x.fma(right, b3);
        }
        DoubleVector left = fromArray(DOUBLES, tile, column);
        DoubleVector right = fromArray(DOUBLES, tile, column + WIDTH);
        x = broadcast(DOUBLES, lower[row + d + i + 1]);
        a1 = x.fma(left, a1);
        b1 = x.fma(right, b1);
        x = broadcast(DOUBLES, lower[row + 2 * d + i + 1]);
        a2 = x.fma(left, a2);
        b2 = x.fma(right, b2);
        x = broadcast(DOUBLES, lower[row + 3 * d + i + 1]);
        a3 = x.fma(left, a3);
        b3 = x.fma(right, b3);
        left = fromArray(DOUBLES, tile, column + TILE_LANES);
        right = fromArray(DOUBLES, tile, column + TILE_LANES + WIDTH);
        x = broadcast(DOUBLES, lower[row + 2 * d + i + 2]);
        a2 = x.fma(left, a2);
        b2 = x.fma(right, b2);
        x = broadcast(DOUBLES, lower[row + 3 * d + i + 2]);
        a3 = x.fma(left, a3);
        b3 = x.fma(right, b3);
        left = fromArray(DOUBLES, tile, column + 2 * TILE_LANES);
        right = fromArray(DOUBLES, tile, column + 2 * TILE_LANES + WIDTH);
        x = broadcast(DOUBLES, lower[row + 3 * d + i + 3]);
        a3 = x.fma(left, a3);
        b3 = x.fma(right, b3);
        DoubleVector scale = broadcast(DOUBLES, factor);
        scale.fma(a0, fromArray(DOUBLES, out, at)).intoArray(out, at);
        scale.fma(b0, fromArray(DOUBLES, out, at + WIDTH)).intoArray(out, at + WIDTH);
        scale.fma(a1, fromArray(DOUBLES, out, at + stride)).intoArray(out, at + stride);
        scale.fma(b1, fromArray(DOUBLES, out, at + stride + WIDTH)).intoArray(out, at + stride + WIDTH);
        scale.fma(a2, fromArray(DOUBLES, out, at + 2 * stride)).intoArray(out, at + 2 * stride);
        scale.fma(b2, fromArray(DOUBLES, out, at + 2 * stride + WIDTH)).intoArray(out, at + 2 * stride + WIDTH);
        scale.fma(a3, fromArray(DOUBLES, out, at + 3 * stride)).intoArray(out, at + 3 * stride);
        scale.fma(b3, fromArray(DOUBLES, out, at + 3 * stride + WIDTH)).intoArray(out, at + 3 * stride + WIDTH);
    }

    /** Output columns i..i+3: the corner of the triangle, then the columns from i+4 for all four. */
    private static void addTransposed4x2(double factor, double[] lower, int d, int i, double[] tile, int lane, double[] out, int at, int stride) {
        DoubleVector zero = broadcast(DOUBLES, 0.0);
        DoubleVector x;
        int column = i * TILE_LANES + lane;
        int row = i * d + i;
        DoubleVector left = fromArray(DOUBLES, tile, column);
        DoubleVector right = fromArray(DOUBLES, tile, column + WIDTH);
        x = broadcast(DOUBLES, lower[row]);
        DoubleVector a0 = x.fma(left, zero);
        DoubleVector b0 = x.fma(right, zero);
        left = fromArray(DOUBLES, tile, column + TILE_LANES);
        right = fromArray(DOUBLES, tile, column + TILE_LANES + WIDTH);
        x = broadcast(DOUBLES, lower[row + d]);
        a0 = x.fma(left, a0);
        b0 = x.fma(right, b0);
        x = broadcast(DOUBLES, lower[row + d + 1]);
        DoubleVector a1 = x.fma(left, zero);
        DoubleVector b1 = x.fma(right, zero);
        left = fromArray(DOUBLES, tile, column + 2 * TILE_LANES);
        right = fromArray(DOUBLES, tile, column + 2 * TILE_LANES + WIDTH);
        x = broadcast(DOUBLES, lower[row + 2 * d]);
        a0 = x.fma(left, a0);
        b0 = x.fma(right, b0);
        x = broadcast(DOUBLES, lower[row + 2 * d + 1]);
        a1 = x.fma(left, a1);
        b1 = x.fma(right, b1);
        x = broadcast(DOUBLES, lower[row + 2 * d + 2]);
        DoubleVector a2 = x.fma(left, zero);
        DoubleVector b2 = x.fma(right, zero);
        left = fromArray(DOUBLES, tile, column + 3 * TILE_LANES);
        right = fromArray(DOUBLES, tile, column + 3 * TILE_LANES + WIDTH);
        x = broadcast(DOUBLES, lower[row + 3 * d]);
        a0 = x.fma(left, a0);
        b0 = x.fma(right, b0);
        x = broadcast(DOUBLES, lower[row + 3 * d + 1]);
        a1 = x.fma(left, a1);
        b1 = x.fma(right, b1);
        x = broadcast(DOUBLES, lower[row + 3 * d + 2]);
        a2 = x.fma(left, a2);
        b2 = x.fma(right, b2);
        x = broadcast(DOUBLES, lower[row + 3 * d + 3]);
        DoubleVector a3 = x.fma(left, zero);
        DoubleVector b3 = x.fma(right, zero);
        column += 4 * TILE_LANES;
        row += 4 * d;
        for (; column < d * TILE_LANES; column += TILE_LANES, row += d) {
            left = fromArray(DOUBLES, tile, column);
            right = fromArray(DOUBLES, tile, column + WIDTH);
            x = broadcast(DOUBLES, lower[row]);
            a0 = x.fma(left, a0);
            b0 = x.fma(right, b0);
            x = broadcast(DOUBLES, lower[row + 1]);
            a1 = x.fma(left, a1);
            b1 = x.fma(right, b1);
            x = broadcast(DOUBLES, lower[row + 2]);
            a2 = x.fma(left, a2);
            b2 = x.fma(right, b2);
            x = broadcast(DOUBLES, lower[row + 3]);
            a3 = x.fma(left, a3);
            b3 = x.fma(right, b3);
        }
        DoubleVector scale = broadcast(DOUBLES, factor);
        scale.fma(a0, fromArray(DOUBLES, out, at)).intoArray(out, at);
        scale.fma(b0, fromArray(DOUBLES, out, at + WIDTH)).intoArray(out, at + WIDTH);
        scale.fma(a1, fromArray(DOUBLES, out, at + stride)).intoArray(out, at + stride);
        scale.fma(b1, fromArray(DOUBLES, out, at + stride + WIDTH)).intoArray(out, at + stride + WIDTH);
        scale.fma(a2, fromArray(DOUBLES, out, at + 2 * stride)).intoArray(out, at + 2 * stride);
        scale.fma(b2, fromArray(DOUBLES, out, at + 2 * stride + WIDTH)).intoArray(out, at + 2 * stride + WIDTH);
        scale.fma(a3, fromArray(DOUBLES, out, at + 3 * stride)).intoArray(out, at + 3 * stride);
        scale.fma(b3, fromArray(DOUBLES, out, at + 3 * stride + WIDTH)).intoArray(out, at + 3 * stride + WIDTH);
    }
}
