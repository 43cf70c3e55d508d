package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/**
 * {@link PlainTiles#rowsTimesColumns} on vectors, blocked in registers. A tile of 4 rows by 4 vectors of lanes has 16 accumulators, loads 4
 * vectors and 4 numbers for 16 fma, and fits 32 registers; machines with narrower vectors have 16 registers and use 4 by 2. What
 * is left over of the rows overlaps the tile before; a single vector of lanes goes to {@link VectorNarrow}. The tiling does not show in the bits: each
 * output is one chain of fma.
 */
final class VectorRows {

    private static final int TILE = 4;
    private static final int PAIR = 2 * WIDTH;
    private static final int QUAD = 4 * WIDTH;

    private VectorRows() {}

    static void rowsTimesColumns(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] columns, int stride, int lane, int lanes, double[] out) {
        int wide = lanes / PAIR * PAIR;
        int last = Math.max(0, rowCount - TILE);
        for (int next = 0; next < rowCount && rowCount >= TILE && wide > 0; next += TILE) {
            int r = Math.min(next, last);
            int row = rowOffset + r * rowWidth;
            int l = 0;
            for (; WIDTH == 8 && l + QUAD <= wide; l += QUAD) {
                predict4x4(rows, row, rowWidth, d, columns, stride, lane + l, out, r * lanes + l, lanes);
            }
            for (; l < wide; l += PAIR) {
                predict4x2(rows, row, rowWidth, d, columns, stride, lane + l, out, r * lanes + l, lanes);
            }
        }
        for (int r = 0; r < rowCount && rowCount < TILE; r++) {
            int l = 0;
            for (; l + QUAD <= wide; l += QUAD) {
                predict1x4(rows, rowOffset + r * rowWidth, d, columns, stride, lane + l, out, r * lanes + l);
            }
            for (; l < wide; l += PAIR) {
                predict1x2(rows, rowOffset + r * rowWidth, d, columns, stride, lane + l, out, r * lanes + l);
            }
        }
        if (wide < lanes) {
            VectorNarrow.rowsTimesColumns(rows, rowOffset, rowWidth, rowCount, d, columns, stride, lane + wide, out, wide, lanes);
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

    private static void predict4x4(double[] rows, int row, int rowWidth, int d, double[] columns, int stride, int lane,
            double[] out, int at, int lanes) {
        DoubleVector a0 = broadcast(DOUBLES, 0.0);
        DoubleVector a1 = a0;
        DoubleVector a2 = a0;
        DoubleVector a3 = a0;
        DoubleVector b0 = a0;
        DoubleVector b1 = a0;
        DoubleVector b2 = a0;
        DoubleVector b3 = a0;
        DoubleVector c0 = a0;
        DoubleVector c1 = a0;
        DoubleVector c2 = a0;
        DoubleVector c3 = a0;
        DoubleVector d0 = a0;
        DoubleVector d1 = a0;
        DoubleVector d2 = a0;
        DoubleVector d3 = a0;
        int column = lane;
        for (int j = row; j < row + d; j++, column += stride) {
            DoubleVector first = fromArray(DOUBLES, columns, column);
            DoubleVector second = fromArray(DOUBLES, columns, column + WIDTH);
            DoubleVector third = fromArray(DOUBLES, columns, column + 2 * WIDTH);
            DoubleVector fourth = fromArray(DOUBLES, columns, column + 3 * WIDTH);
            DoubleVector x0 = broadcast(DOUBLES, rows[j]);
            a0 = x0.fma(first, a0);
            b0 = x0.fma(second, b0);
            c0 = x0.fma(third, c0);
            d0 = x0.fma(fourth, d0);
            DoubleVector x1 = broadcast(DOUBLES, rows[j + rowWidth]);
            a1 = x1.fma(first, a1);
            b1 = x1.fma(second, b1);
            c1 = x1.fma(third, c1);
            d1 = x1.fma(fourth, d1);
            DoubleVector x2 = broadcast(DOUBLES, rows[j + 2 * rowWidth]);
            a2 = x2.fma(first, a2);
            b2 = x2.fma(second, b2);
            c2 = x2.fma(third, c2);
            d2 = x2.fma(fourth, d2);
            DoubleVector x3 = broadcast(DOUBLES, rows[j + 3 * rowWidth]);
            a3 = x3.fma(first, a3);
            b3 = x3.fma(second, b3);
            c3 = x3.fma(third, c3);
            d3 = x3.fma(fourth, d3);
        }
        a0.intoArray(out, at);
        b0.intoArray(out, at + WIDTH);
        c0.intoArray(out, at + 2 * WIDTH);
        d0.intoArray(out, at + 3 * WIDTH);
        a1.intoArray(out, at + lanes);
        b1.intoArray(out, at + lanes + WIDTH);
        c1.intoArray(out, at + lanes + 2 * WIDTH);
        d1.intoArray(out, at + lanes + 3 * WIDTH);
        a2.intoArray(out, at + 2 * lanes);
        b2.intoArray(out, at + 2 * lanes + WIDTH);
        c2.intoArray(out, at + 2 * lanes + 2 * WIDTH);
        d2.intoArray(out, at + 2 * lanes + 3 * WIDTH);
        a3.intoArray(out, at + 3 * lanes);
        b3.intoArray(out, at + 3 * lanes + WIDTH);
        c3.intoArray(out, at + 3 * lanes + 2 * WIDTH);
        d3.intoArray(out, at + 3 * lanes + 3 * WIDTH);
    }

    private static void predict1x4(double[] rows, int row, int d, double[] columns, int stride, int lane, double[] out, int at) {
        DoubleVector a = broadcast(DOUBLES, 0.0);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector e = a;
        int column = lane;
        for (int j = row; j < row + d; j++, column += stride) {
            DoubleVector x = broadcast(DOUBLES, rows[j]);
            a = x.fma(fromArray(DOUBLES, columns, column), a);
            b = x.fma(fromArray(DOUBLES, columns, column + WIDTH), b);
            c = x.fma(fromArray(DOUBLES, columns, column + 2 * WIDTH), c);
            e = x.fma(fromArray(DOUBLES, columns, column + 3 * WIDTH), e);
        }
        a.intoArray(out, at);
        b.intoArray(out, at + WIDTH);
        c.intoArray(out, at + 2 * WIDTH);
        e.intoArray(out, at + 3 * WIDTH);
    }

    private static void predict1x2(double[] rows, int row, int d, double[] columns, int stride, int lane, double[] out, int at) {
        DoubleVector a = broadcast(DOUBLES, 0.0);
        DoubleVector b = a;
        int column = lane;
        for (int j = row; j < row + d; j++, column += stride) {
            DoubleVector x = broadcast(DOUBLES, rows[j]);
            a = x.fma(fromArray(DOUBLES, columns, column), a);
            b = x.fma(fromArray(DOUBLES, columns, column + WIDTH), b);
        }
        a.intoArray(out, at);
        b.intoArray(out, at + WIDTH);
    }
}
