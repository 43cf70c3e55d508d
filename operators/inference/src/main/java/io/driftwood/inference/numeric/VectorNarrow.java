package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/**
 * {@link VectorRows} and {@link VectorScores} for a single vector of lanes, where few paths are trained on: 8 rows or features at a time, for eight chains
 * of fma keep both multiplying units busy. What is left over is done by a block that overlaps the one before: results that are there already come out the
 * same, and sums that are there already are not stored again.
 */
final class VectorNarrow {

    private static final int BLOCK = 8;

    private VectorNarrow() {}

    /** See {@link LaneMath#rowsTimesColumns}, for the lanes [lane, lane + WIDTH) of the columns, which are [at, at + WIDTH) of {@code lanes} in the output. */
    static void rowsTimesColumns(double[] rows, int rowOffset, int rowWidth, int rowCount, int d, double[] columns, int stride, int lane, double[] out, int at, int lanes) {
        if (rowCount < BLOCK) {
            for (int r = 0; r < rowCount; r++) {
                predict1(rows, rowOffset + r * rowWidth, d, columns, stride, lane, out, at + r * lanes);
            }
            return;
        }
        for (int next = 0; next < rowCount; next += BLOCK) {
            int r = Math.min(next, rowCount - BLOCK);
            predict8(rows, rowOffset + r * rowWidth, rowWidth, d, columns, stride, lane, out, at + r * lanes, lanes);
        }
    }

    private static void predict8(double[] rows, int row, int rowWidth, int d, double[] columns, int stride, int lane, double[] out, int at, int lanes) {
        DoubleVector a0 = broadcast(DOUBLES, 0.0);
        DoubleVector a1 = a0;
        DoubleVector a2 = a0;
        DoubleVector a3 = a0;
        DoubleVector a4 = a0;
        DoubleVector a5 = a0;
        DoubleVector a6 = a0;
        DoubleVector a7 = a0;
        int column = lane;
        for (int j = row; j < row + d; j++, column += stride) {
            DoubleVector x = fromArray(DOUBLES, columns, column);
            a0 = broadcast(DOUBLES, rows[j]).fma(x, a0);
            a1 = broadcast(DOUBLES, rows[j + rowWidth]).fma(x, a1);
            a2 = broadcast(DOUBLES, rows[j + 2 * rowWidth]).fma(x, a2);
            a3 = broadcast(DOUBLES, rows[j + 3 * rowWidth]).fma(x, a3);
            a4 = broadcast(DOUBLES, rows[j + 4 * rowWidth]).fma(x, a4);
            a5 = broadcast(DOUBLES, rows[j + 5 * rowWidth]).fma(x, a5);
            a6 = broadcast(DOUBLES, rows[j + 6 * rowWidth]).fma(x, a6);
            a7 = broadcast(DOUBLES, rows[j + 7 * rowWidth]).fma(x, a7);
        }
        a0.intoArray(out, at);
        a1.intoArray(out, at + lanes);
        a2.intoArray(out, at + 2 * lanes);
        a3.intoArray(out, at + 3 * lanes);
        a4.intoArray(out, at + 4 * lanes);
        a5.intoArray(out, at + 5 * lanes);
        a6.intoArray(out, at + 6 * lanes);
        a7.intoArray(out, at + 7 * lanes);
    }

    private static void predict1(double[] rows, int row, int d, double[] columns, int stride, int lane, double[] out, int at) {
        DoubleVector sum = broadcast(DOUBLES, 0.0);
        int column = lane;
        for (int j = row; j < row + d; j++, column += stride) {
            sum = broadcast(DOUBLES, rows[j]).fma(fromArray(DOUBLES, columns, column), sum);
        }
        sum.intoArray(out, at);
    }

    /** See {@link LaneMath#addRowsTransposedTimes}, for the lanes [lane, lane + WIDTH) of the columns, which are [from, from + WIDTH) of {@code lanes} in the residuals. */
    static void addRowsTransposedTimes(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] residuals, int from, int lanes, double[] columns, int stride, int lane) {
        if (d < BLOCK) {
            for (int j = 0; j < d; j++) {
                score1(rows, rowOffset + j, rowWidth, rowCount, residuals, from, lanes, columns, j * stride + lane);
            }
            return;
        }
        for (int next = 0; next < d; next += BLOCK) {
            int j = Math.min(next, d - BLOCK);
            score8(rows, rowOffset + j, rowWidth, rowCount, residuals, from, lanes, columns, j * stride + lane, stride, next - j);
        }
    }

    /** @param done how many of the eight are in the columns already */
    private static void score8(double[] rows, int firstRow, int rowWidth, int rowCount, double[] residuals, int from, int lanes,
            double[] columns, int at, int stride, int done) {
        DoubleVector a0 = fromArray(DOUBLES, columns, at);
        DoubleVector a1 = fromArray(DOUBLES, columns, at + stride);
        DoubleVector a2 = fromArray(DOUBLES, columns, at + 2 * stride);
        DoubleVector a3 = fromArray(DOUBLES, columns, at + 3 * stride);
        DoubleVector a4 = fromArray(DOUBLES, columns, at + 4 * stride);
        DoubleVector a5 = fromArray(DOUBLES, columns, at + 5 * stride);
        DoubleVector a6 = fromArray(DOUBLES, columns, at + 6 * stride);
        DoubleVector a7 = fromArray(DOUBLES, columns, at + 7 * stride);
        int row = firstRow;
        int residual = from;
        for (int r = 0; r < rowCount; r++, row += rowWidth, residual += lanes) {
            DoubleVector x = fromArray(DOUBLES, residuals, residual);
            a0 = broadcast(DOUBLES, rows[row]).fma(x, a0);
            a1 = broadcast(DOUBLES, rows[row + 1]).fma(x, a1);
            a2 = broadcast(DOUBLES, rows[row + 2]).fma(x, a2);
            a3 = broadcast(DOUBLES, rows[row + 3]).fma(x, a3);
            a4 = broadcast(DOUBLES, rows[row + 4]).fma(x, a4);
            a5 = broadcast(DOUBLES, rows[row + 5]).fma(x, a5);
            a6 = broadcast(DOUBLES, rows[row + 6]).fma(x, a6);
            a7 = broadcast(DOUBLES, rows[row + 7]).fma(x, a7);
        }
        // Of eight, at least the last is new.
        store(a0, columns, at, done <= 0);
        store(a1, columns, at + stride, done <= 1);
        store(a2, columns, at + 2 * stride, done <= 2);
        store(a3, columns, at + 3 * stride, done <= 3);
        store(a4, columns, at + 4 * stride, done <= 4);
        store(a5, columns, at + 5 * stride, done <= 5);
        store(a6, columns, at + 6 * stride, done <= 6);
        a7.intoArray(columns, at + 7 * stride);
    }

    private static void store(DoubleVector sum, double[] columns, int at, boolean isNew) {
        if (isNew) {
            sum.intoArray(columns, at);
        }
    }

    private static void score1(double[] rows, int firstRow, int rowWidth, int rowCount, double[] residuals, int from, int lanes, double[] columns, int at) {
        DoubleVector sum = fromArray(DOUBLES, columns, at);
        int row = firstRow;
        int residual = from;
        for (int r = 0; r < rowCount; r++, row += rowWidth, residual += lanes) {
            sum = broadcast(DOUBLES, rows[row]).fma(fromArray(DOUBLES, residuals, residual), sum);
        }
        sum.intoArray(columns, at);
    }
}
