package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/** The triangular products of {@link PlainColumns} on vectors: 4 output columns by 2 vectors of lanes, the corner of the triangle apart; tiles of lanes outermost, which keeps the input in the nearest caches. */
final class VectorTriangles {

    private static final int TILE = 4;
    private static final int PAIR = 2 * WIDTH;

    private VectorTriangles() {}

    static void lowerTimesColumns(double[] lower, int d, double[] in, double[] out, int stride, int lanes) {
        for (int lane = 0; lane < lanes; lane += LaneMath.TILE_LANES) {
            int end = Math.min(lane + LaneMath.TILE_LANES, lanes);
            int paired = lane + (end - lane) / PAIR * PAIR;
            int i = 0;
            for (; i < d % TILE; i++) {
                times1(lower, i * d, 1, 0, i + 1, in, out, i, stride, lane, end);
            }
            for (; i < d; i += TILE) {
                for (int l = lane; l < paired; l += PAIR) {
                    times4x2(lower, d, i, in, out, stride, l);
                }
                for (int k = i; k < i + TILE; k++) {
                    times1(lower, k * d, 1, 0, k + 1, in, out, k, stride, paired, end);
                }
            }
        }
    }

    static void lowerTransposedTimesColumns(double[] lower, int d, double[] in, double[] out, int stride, int lanes) {
        for (int lane = 0; lane < lanes; lane += LaneMath.TILE_LANES) {
            int end = Math.min(lane + LaneMath.TILE_LANES, lanes);
            int paired = lane + (end - lane) / PAIR * PAIR;
            int i = 0;
            for (; i + TILE <= d; i += TILE) {
                for (int l = lane; l < paired; l += PAIR) {
                    transposed4x2(lower, d, i, in, out, stride, l);
                }
                for (int k = i; k < i + TILE; k++) {
                    times1(lower, k, d, k, d, in, out, k, stride, paired, end);
                }
            }
            for (; i < d; i++) {
                times1(lower, i, d, i, d, in, out, i, stride, lane, end);
            }
        }
    }

    /** Output column i: sum over j in [from, to) of matrix[start + j * step] times column j, for lanes [lane, lanes). */
    private static void times1(double[] matrix, int start, int step, int from, int to, double[] in, double[] out, int i, int stride,
            int lane, int lanes) {
        for (int l = lane; l < lanes; l += WIDTH) {
            DoubleVector sum = broadcast(DOUBLES, 0.0);
            for (int j = from; j < to; j++) {
                sum = broadcast(DOUBLES, matrix[start + j * step]).fma(fromArray(DOUBLES, in, j * stride + l), sum);
            }
            sum.intoArray(out, i * stride + l);
        }
    }

    private static void times4x2(double[] lower, int d, int i, double[] in, double[] out, int stride, int lane) {
        DoubleVector a0 = broadcast(DOUBLES, 0.0);
        DoubleVector a1 = a0;
        DoubleVector a2 = a0;
        DoubleVector a3 = a0;
        DoubleVector b0 = a0;
        DoubleVector b1 = a0;
        DoubleVector b2 = a0;
        DoubleVector b3 = a0;
        int row = i * d;
        int column = lane;
        for (int j = 0; j <= i; j++, column += stride) {
            DoubleVector left = fromArray(DOUBLES, in, column);
            DoubleVector right = fromArray(DOUBLES, in, column + WIDTH);
            DoubleVector x0 = broadcast(DOUBLES, lower[row + j]);
            DoubleVector x1 = broadcast(DOUBLES, lower[row + d + j]);
            DoubleVector x2 = broadcast(DOUBLES, lower[row + 2 * d + j]);
            DoubleVector x3 = broadcast(DOUBLES, lower[row + 3 * d + j]);
            a0 = x0.fma(left, a0);
            b0 = x0.fma(right, b0);
            a1 = x1.fma(left, a1);
            b1 = x1.fma(right, b1);
            a2 = x2.fma(left, a2);
            b2 = x2.fma(right, b2);
            a3 = x3.fma(left, a3);
            b3 = x3.fma(right, b3);
        }
        // The corner: j = i+1 for rows i+1.., j = i+2 for rows i+2.., j = i+3 for row i+3.
        int at = i * stride + lane;
        a0.intoArray(out, at);
        b0.intoArray(out, at + WIDTH);
        DoubleVector left = fromArray(DOUBLES, in, column);
        DoubleVector right = fromArray(DOUBLES, in, column + WIDTH);
        DoubleVector x1 = broadcast(DOUBLES, lower[row + d + i + 1]);
        x1.fma(left, a1).intoArray(out, at + stride);
        x1.fma(right, b1).intoArray(out, at + stride + WIDTH);
        DoubleVector x2 = broadcast(DOUBLES, lower[row + 2 * d + i + 1]);
        a2 = x2.fma(left, a2);
        b2 = x2.fma(right, b2);
        DoubleVector x3 = broadcast(DOUBLES, lower[row + 3 * d + i + 1]);
        a3 = x3.fma(left, a3);
        b3 = x3.fma(right, b3);
        left = fromArray(DOUBLES, in, column + stride);
        right = fromArray(DOUBLES, in, column + stride + WIDTH);
        x2 = broadcast(DOUBLES, lower[row + 2 * d + i + 2]);
        x2.fma(left, a2).intoArray(out, at + 2 * stride);
        x2.fma(right, b2).intoArray(out, at + 2 * stride + WIDTH);
        x3 = broadcast(DOUBLES, lower[row + 3 * d + i + 2]);
        a3 = x3.fma(left, a3);
        b3 = x3.fma(right, b3);
        x3 = broadcast(DOUBLES, lower[row + 3 * d + i + 3]);
        x3.fma(fromArray(DOUBLES, in, column + 2 * stride), a3).intoArray(out, at + 3 * stride);
        x3.fma(fromArray(DOUBLES, in, column + 2 * stride + WIDTH), b3).intoArray(out, at + 3 * stride + WIDTH);
    }

    private static void transposed4x2(double[] lower, int d, int i, double[] in, double[] out, int stride, int lane) {
        // The corner first: j = i for column i, j = i+1 for columns i, i+1, j = i+2 for columns i..i+2.
        DoubleVector zero = broadcast(DOUBLES, 0.0);
        int column = i * stride + lane;
        int row = i * d + i;
        DoubleVector x0 = broadcast(DOUBLES, lower[row]);
        DoubleVector a0 = x0.fma(fromArray(DOUBLES, in, column), zero);
        DoubleVector b0 = x0.fma(fromArray(DOUBLES, in, column + WIDTH), zero);
        column += stride;
        row += d;
        DoubleVector left = fromArray(DOUBLES, in, column);
        DoubleVector right = fromArray(DOUBLES, in, column + WIDTH);
        x0 = broadcast(DOUBLES, lower[row]);
        a0 = x0.fma(left, a0);
        b0 = x0.fma(right, b0);
        DoubleVector x1 = broadcast(DOUBLES, lower[row + 1]);
        DoubleVector a1 = x1.fma(left, zero);
        DoubleVector b1 = x1.fma(right, zero);
        column += stride;
        row += d;
        left = fromArray(DOUBLES, in, column);
        right = fromArray(DOUBLES, in, column + WIDTH);
        x0 = broadcast(DOUBLES, lower[row]);
        a0 = x0.fma(left, a0);
        b0 = x0.fma(right, b0);
        x1 = broadcast(DOUBLES, lower[row + 1]);
        a1 = x1.fma(left, a1);
        b1 = x1.fma(right, b1);
        DoubleVector x2 = broadcast(DOUBLES, lower[row + 2]);
        DoubleVector a2 = x2.fma(left, zero);
        DoubleVector b2 = x2.fma(right, zero);
        DoubleVector a3 = zero;
        DoubleVector b3 = zero;
        for (int j = i + 3; j < d; j++) {
            column += stride;
            row += d;
            left = fromArray(DOUBLES, in, column);
            right = fromArray(DOUBLES, in, column + WIDTH);
            x0 = broadcast(DOUBLES, lower[row]);
            a0 = x0.fma(left, a0);
            b0 = x0.fma(right, b0);
            x1 = broadcast(DOUBLES, lower[row + 1]);
            a1 = x1.fma(left, a1);
            b1 = x1.fma(right, b1);
            x2 = broadcast(DOUBLES, lower[row + 2]);
            a2 = x2.fma(left, a2);
            b2 = x2.fma(right, b2);
            DoubleVector x3 = broadcast(DOUBLES, lower[row + 3]);
            a3 = x3.fma(left, a3);
            b3 = x3.fma(right, b3);
        }
        int at = i * stride + lane;
        a0.intoArray(out, at);
        b0.intoArray(out, at + WIDTH);
        a1.intoArray(out, at + stride);
        b1.intoArray(out, at + stride + WIDTH);
        a2.intoArray(out, at + 2 * stride);
        b2.intoArray(out, at + 2 * stride + WIDTH);
        a3.intoArray(out, at + 3 * stride);
        b3.intoArray(out, at + 3 * stride + WIDTH);
    }
}
