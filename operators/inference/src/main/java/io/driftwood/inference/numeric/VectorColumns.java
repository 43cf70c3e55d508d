package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/**
 * {@link PlainColumns} on vectors, blocked in registers: 4 rows (or features) by 2 vectors of lanes are 8 accumulators,
 * enough independent fma chains to fill the pipes and few enough for 16 registers. What is left over runs 1 by 2 and with one vector.
 */
final class VectorColumns {

    private static final int TILE = 4;
    private static final int PAIR = 2 * WIDTH;

    private VectorColumns() {}

    static void rowsTimesColumns(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] columns, int stride, int lane, int lanes, double[] out) {
        int r = 0;
        for (; r + TILE <= rowCount; r += TILE) {
            int row = rowOffset + r * rowWidth;
            int l = 0;
            for (; l + PAIR <= lanes; l += PAIR) {
                predict4x2(rows, row, rowWidth, d, columns, stride, lane + l, out, r * lanes + l, lanes);
            }
            for (; l < lanes; l += WIDTH) {
                predict4x1(rows, row, rowWidth, d, columns, stride, lane + l, out, r * lanes + l, lanes);
            }
        }
        for (; r < rowCount; r++) {
            for (int l = 0; l < lanes; l += WIDTH) {
                predict1x1(rows, rowOffset + r * rowWidth, d, columns, stride, lane + l, out, r * lanes + l);
            }
        }
    }

    private static void predict4x2(double[] rows, int row, int rowWidth, int d, double[] columns, int stride, int lane,
            double[] out, int at, int lanes) {
        DoubleVector a0 = broadcast(DOUBLES, 0.0);
        DoubleVector a1 = a0;
        DoubleVector a2 = a0;
        DoubleVector a3 = a0;
        DoubleVector b0 = a0;
        DoubleVector b1 = a0;
        DoubleVector b2 = a0;
        DoubleVector b3 = a0;
        int column = lane;
        for (int j = row; j < row + d; j++, column += stride) {
            DoubleVector left = fromArray(DOUBLES, columns, column);
            DoubleVector right = fromArray(DOUBLES, columns, column + WIDTH);
            DoubleVector x0 = broadcast(DOUBLES, rows[j]);
            DoubleVector x1 = broadcast(DOUBLES, rows[j + rowWidth]);
            DoubleVector x2 = broadcast(DOUBLES, rows[j + 2 * rowWidth]);
            DoubleVector x3 = broadcast(DOUBLES, rows[j + 3 * rowWidth]);
            a0 = x0.fma(left, a0);
            b0 = x0.fma(right, b0);
            a1 = x1.fma(left, a1);
            b1 = x1.fma(right, b1);
            a2 = x2.fma(left, a2);
            b2 = x2.fma(right, b2);
            a3 = x3.fma(left, a3);
            b3 = x3.fma(right, b3);
        }
        a0.intoArray(out, at);
        b0.intoArray(out, at + WIDTH);
        a1.intoArray(out, at + lanes);
        b1.intoArray(out, at + lanes + WIDTH);
        a2.intoArray(out, at + 2 * lanes);
        b2.intoArray(out, at + 2 * lanes + WIDTH);
        a3.intoArray(out, at + 3 * lanes);
        b3.intoArray(out, at + 3 * lanes + WIDTH);
    }

    private static void predict4x1(double[] rows, int row, int rowWidth, int d, double[] columns, int stride, int lane,
            double[] out, int at, int lanes) {
        DoubleVector a0 = broadcast(DOUBLES, 0.0);
        DoubleVector a1 = a0;
        DoubleVector a2 = a0;
        DoubleVector a3 = a0;
        int column = lane;
        for (int j = row; j < row + d; j++, column += stride) {
            DoubleVector left = fromArray(DOUBLES, columns, column);
            a0 = broadcast(DOUBLES, rows[j]).fma(left, a0);
            a1 = broadcast(DOUBLES, rows[j + rowWidth]).fma(left, a1);
            a2 = broadcast(DOUBLES, rows[j + 2 * rowWidth]).fma(left, a2);
            a3 = broadcast(DOUBLES, rows[j + 3 * rowWidth]).fma(left, a3);
        }
        a0.intoArray(out, at);
        a1.intoArray(out, at + lanes);
        a2.intoArray(out, at + 2 * lanes);
        a3.intoArray(out, at + 3 * lanes);
    }

    private static void predict1x1(double[] rows, int row, int d, double[] columns, int stride, int lane, double[] out, int at) {
        DoubleVector sum = broadcast(DOUBLES, 0.0);
        int column = lane;
        for (int j = row; j < row + d; j++, column += stride) {
            sum = broadcast(DOUBLES, rows[j]).fma(fromArray(DOUBLES, columns, column), sum);
        }
        sum.intoArray(out, at);
    }

    static void addRowsTransposedTimes(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] residuals, double[] columns, int stride, int lane, int lanes) {
        int j = 0;
        for (; j + TILE <= d; j += TILE) {
            int l = 0;
            for (; l + PAIR <= lanes; l += PAIR) {
                score4x2(rows, rowOffset + j, rowWidth, rowCount, residuals, l, lanes, columns, j * stride + lane + l, stride);
            }
            for (; l < lanes; l += WIDTH) {
                for (int k = j; k < j + TILE; k++) {
                    score1x1(rows, rowOffset + k, rowWidth, rowCount, residuals, l, lanes, columns, k * stride + lane + l);
                }
            }
        }
        for (; j < d; j++) {
            for (int l = 0; l < lanes; l += WIDTH) {
                score1x1(rows, rowOffset + j, rowWidth, rowCount, residuals, l, lanes, columns, j * stride + lane + l);
            }
        }
    }

    private static void score4x2(double[] rows, int firstRow, int rowWidth, int rowCount, double[] residuals, int lane, int lanes,
            double[] columns, int at, int stride) {
        DoubleVector a0 = fromArray(DOUBLES, columns, at);
        DoubleVector a1 = fromArray(DOUBLES, columns, at + stride);
        DoubleVector a2 = fromArray(DOUBLES, columns, at + 2 * stride);
        DoubleVector a3 = fromArray(DOUBLES, columns, at + 3 * stride);
        DoubleVector b0 = fromArray(DOUBLES, columns, at + WIDTH);
        DoubleVector b1 = fromArray(DOUBLES, columns, at + stride + WIDTH);
        DoubleVector b2 = fromArray(DOUBLES, columns, at + 2 * stride + WIDTH);
        DoubleVector b3 = fromArray(DOUBLES, columns, at + 3 * stride + WIDTH);
        int row = firstRow;
        int residual = lane;
        for (int r = 0; r < rowCount; r++, row += rowWidth, residual += lanes) {
            DoubleVector left = fromArray(DOUBLES, residuals, residual);
            DoubleVector right = fromArray(DOUBLES, residuals, residual + WIDTH);
            DoubleVector x0 = broadcast(DOUBLES, rows[row]);
            DoubleVector x1 = broadcast(DOUBLES, rows[row + 1]);
            DoubleVector x2 = broadcast(DOUBLES, rows[row + 2]);
            DoubleVector x3 = broadcast(DOUBLES, rows[row + 3]);
            a0 = x0.fma(left, a0);
            b0 = x0.fma(right, b0);
            a1 = x1.fma(left, a1);
            b1 = x1.fma(right, b1);
            a2 = x2.fma(left, a2);
            b2 = x2.fma(right, b2);
            a3 = x3.fma(left, a3);
            b3 = x3.fma(right, b3);
        }
        a0.intoArray(columns, at);
        a1.intoArray(columns, at + stride);
        a2.intoArray(columns, at + 2 * stride);
        a3.intoArray(columns, at + 3 * stride);
        b0.intoArray(columns, at + WIDTH);
        b1.intoArray(columns, at + stride + WIDTH);
        b2.intoArray(columns, at + 2 * stride + WIDTH);
        b3.intoArray(columns, at + 3 * stride + WIDTH);
    }

    private static void score1x1(double[] rows, int firstRow, int rowWidth, int rowCount, double[] residuals, int lane, int lanes,
            double[] columns, int at) {
        DoubleVector sum = fromArray(DOUBLES, columns, at);
        int row = firstRow;
        int residual = lane;
        for (int r = 0; r < rowCount; r++, row += rowWidth, residual += lanes) {
            sum = broadcast(DOUBLES, rows[row]).fma(fromArray(DOUBLES, residuals, residual), sum);
        }
        sum.intoArray(columns, at);
    }
}
