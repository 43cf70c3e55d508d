package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/**
 * {@link PlainTiles#addRowsTransposedTimes} on vectors, blocked in registers like {@link VectorRows}: 5 or 4 features by 4 vectors of lanes, over
 * all rows. The large blocks are for tiles of {@link LaneMath#TILE_LANES} lanes: with a constant stride the compiler takes the checks of bounds out of
 * the loop, and its counters need not pass through vector registers, which costs the units that multiply.
 */
final class VectorScores {

    private static final int TILE = 4;
    private static final int PAIR = 2 * WIDTH;
    private static final int QUAD = 4 * WIDTH;

    private VectorScores() {}

    /** How many of d features go in fives: as many as leave a multiple of four, so that no single ones remain; none where that cannot be. */
    private static int inFives(int d) {
        int fives = d / 5;
        return 5 * Math.max(0, fives - (fives - d & 3));
    }

    static void addRowsTransposedTimes(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] residuals, double[] columns, int stride, int lane, int lanes) {
        boolean whole = WIDTH == 8 && lanes == LaneMath.TILE_LANES;
        int wide = lanes / PAIR * PAIR;
        int j = 0;
        for (int end = whole ? inFives(d) : 0; j < end; j += 5) {
            for (int l = 0; l < lanes; l += QUAD) {
                score5x4(rows, rowOffset + j, rowWidth, rowCount, residuals, l, columns, j * stride + lane + l, stride);
            }
        }
        for (; j + TILE <= d; j += TILE) {
            int l = 0;
            for (; whole && l < lanes; l += QUAD) {
                score4x4(rows, rowOffset + j, rowWidth, rowCount, residuals, l, columns, j * stride + lane + l, stride);
            }
            for (; l < wide; l += PAIR) {
                score4x2(rows, rowOffset + j, rowWidth, rowCount, residuals, l, lanes, columns, j * stride + lane + l, stride);
            }
        }
        for (; j < d; j++) {
            int l = 0;
            for (; l + QUAD <= wide; l += QUAD) {
                score1x4(rows, rowOffset + j, rowWidth, rowCount, residuals, l, lanes, columns, j * stride + lane + l);
            }
            for (; l < wide; l += PAIR) {
                score1x2(rows, rowOffset + j, rowWidth, rowCount, residuals, l, lanes, columns, j * stride + lane + l);
            }
        }
        if (wide < lanes) {
            VectorNarrow.addRowsTransposedTimes(rows, rowOffset, rowWidth, rowCount, d, residuals, wide, lanes, columns, stride, lane + wide);
        }
    }

    /** Four chains at once hide the latency of the fma. */
    private static void score1x4(double[] rows, int firstRow, int rowWidth, int rowCount, double[] residuals, int lane, int lanes,
            double[] columns, int at) {
        DoubleVector a = fromArray(DOUBLES, columns, at);
        DoubleVector b = fromArray(DOUBLES, columns, at + WIDTH);
        DoubleVector c = fromArray(DOUBLES, columns, at + 2 * WIDTH);
        DoubleVector e = fromArray(DOUBLES, columns, at + 3 * WIDTH);
        int row = firstRow;
        int residual = lane;
        for (int r = 0; r < rowCount; r++, row += rowWidth, residual += lanes) {
            DoubleVector x = broadcast(DOUBLES, rows[row]);
            a = x.fma(fromArray(DOUBLES, residuals, residual), a);
            b = x.fma(fromArray(DOUBLES, residuals, residual + WIDTH), b);
            c = x.fma(fromArray(DOUBLES, residuals, residual + 2 * WIDTH), c);
            e = x.fma(fromArray(DOUBLES, residuals, residual + 3 * WIDTH), e);
        }
        a.intoArray(columns, at);
        b.intoArray(columns, at + WIDTH);
        c.intoArray(columns, at + 2 * WIDTH);
        e.intoArray(columns, at + 3 * WIDTH);
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

    private static void score5x4(double[] rows, int firstRow, int rowWidth, int rowCount, double[] residuals, int lane,
            double[] columns, int at, int stride) {
        DoubleVector a0 = fromArray(DOUBLES, columns, at);
        DoubleVector a1 = fromArray(DOUBLES, columns, at + stride);
        DoubleVector a2 = fromArray(DOUBLES, columns, at + 2 * stride);
        DoubleVector a3 = fromArray(DOUBLES, columns, at + 3 * stride);
        DoubleVector a4 = fromArray(DOUBLES, columns, at + 4 * stride);
        DoubleVector b0 = fromArray(DOUBLES, columns, at + WIDTH);
        DoubleVector b1 = fromArray(DOUBLES, columns, at + stride + WIDTH);
        DoubleVector b2 = fromArray(DOUBLES, columns, at + 2 * stride + WIDTH);
        DoubleVector b3 = fromArray(DOUBLES, columns, at + 3 * stride + WIDTH);
        DoubleVector b4 = fromArray(DOUBLES, columns, at + 4 * stride + WIDTH);
        DoubleVector c0 = fromArray(DOUBLES, columns, at + 2 * WIDTH);
        DoubleVector c1 = fromArray(DOUBLES, columns, at + stride + 2 * WIDTH);
        DoubleVector c2 = fromArray(DOUBLES, columns, at + 2 * stride + 2 * WIDTH);
        DoubleVector c3 = fromArray(DOUBLES, columns, at + 3 * stride + 2 * WIDTH);
        DoubleVector c4 = fromArray(DOUBLES, columns, at + 4 * stride + 2 * WIDTH);
        DoubleVector d0 = fromArray(DOUBLES, columns, at + 3 * WIDTH);
        DoubleVector d1 = fromArray(DOUBLES, columns, at + stride + 3 * WIDTH);
        DoubleVector d2 = fromArray(DOUBLES, columns, at + 2 * stride + 3 * WIDTH);
        DoubleVector d3 = fromArray(DOUBLES, columns, at + 3 * stride + 3 * WIDTH);
        DoubleVector d4 = fromArray(DOUBLES, columns, at + 4 * stride + 3 * WIDTH);
        int row = firstRow;
        for (int residual = lane; residual < lane + rowCount * LaneMath.TILE_LANES; residual += LaneMath.TILE_LANES, row += rowWidth) {
            DoubleVector first = fromArray(DOUBLES, residuals, residual);
            DoubleVector second = fromArray(DOUBLES, residuals, residual + WIDTH);
            DoubleVector third = fromArray(DOUBLES, residuals, residual + 2 * WIDTH);
            DoubleVector fourth = fromArray(DOUBLES, residuals, residual + 3 * WIDTH);
            DoubleVector x0 = broadcast(DOUBLES, rows[row]);
            a0 = x0.fma(first, a0);
            b0 = x0.fma(second, b0);
            c0 = x0.fma(third, c0);
            d0 = x0.fma(fourth, d0);
            DoubleVector x1 = broadcast(DOUBLES, rows[row + 1]);
            a1 = x1.fma(first, a1);
            b1 = x1.fma(second, b1);
            c1 = x1.fma(third, c1);
            d1 = x1.fma(fourth, d1);
            DoubleVector x2 = broadcast(DOUBLES, rows[row + 2]);
            a2 = x2.fma(first, a2);
            b2 = x2.fma(second, b2);
            c2 = x2.fma(third, c2);
            d2 = x2.fma(fourth, d2);
            DoubleVector x3 = broadcast(DOUBLES, rows[row + 3]);
            a3 = x3.fma(first, a3);
            b3 = x3.fma(second, b3);
            c3 = x3.fma(third, c3);
            d3 = x3.fma(fourth, d3);
            DoubleVector x4 = broadcast(DOUBLES, rows[row + 4]);
            a4 = x4.fma(first, a4);
            b4 = x4.fma(second, b4);
            c4 = x4.fma(third, c4);
            d4 = x4.fma(fourth, d4);
        }
        a0.intoArray(columns, at);
        a1.intoArray(columns, at + stride);
        a2.intoArray(columns, at + 2 * stride);
        a3.intoArray(columns, at + 3 * stride);
        a4.intoArray(columns, at + 4 * stride);
        b0.intoArray(columns, at + WIDTH);
        b1.intoArray(columns, at + stride + WIDTH);
        b2.intoArray(columns, at + 2 * stride + WIDTH);
        b3.intoArray(columns, at + 3 * stride + WIDTH);
        b4.intoArray(columns, at + 4 * stride + WIDTH);
        c0.intoArray(columns, at + 2 * WIDTH);
        c1.intoArray(columns, at + stride + 2 * WIDTH);
        c2.intoArray(columns, at + 2 * stride + 2 * WIDTH);
        c3.intoArray(columns, at + 3 * stride + 2 * WIDTH);
        c4.intoArray(columns, at + 4 * stride + 2 * WIDTH);
        d0.intoArray(columns, at + 3 * WIDTH);
        d1.intoArray(columns, at + stride + 3 * WIDTH);
        d2.intoArray(columns, at + 2 * stride + 3 * WIDTH);
        d3.intoArray(columns, at + 3 * stride + 3 * WIDTH);
        d4.intoArray(columns, at + 4 * stride + 3 * WIDTH);
    }

    private static void score4x4(double[] rows, int firstRow, int rowWidth, int rowCount, double[] residuals, int lane,
            double[] columns, int at, int stride) {
        DoubleVector a0 = fromArray(DOUBLES, columns, at);
        DoubleVector a1 = fromArray(DOUBLES, columns, at + stride);
        DoubleVector a2 = fromArray(DOUBLES, columns, at + 2 * stride);
        DoubleVector a3 = fromArray(DOUBLES, columns, at + 3 * stride);
        DoubleVector b0 = fromArray(DOUBLES, columns, at + WIDTH);
        DoubleVector b1 = fromArray(DOUBLES, columns, at + stride + WIDTH);
        DoubleVector b2 = fromArray(DOUBLES, columns, at + 2 * stride + WIDTH);
        DoubleVector b3 = fromArray(DOUBLES, columns, at + 3 * stride + WIDTH);
        DoubleVector c0 = fromArray(DOUBLES, columns, at + 2 * WIDTH);
        DoubleVector c1 = fromArray(DOUBLES, columns, at + stride + 2 * WIDTH);
        DoubleVector c2 = fromArray(DOUBLES, columns, at + 2 * stride + 2 * WIDTH);
        DoubleVector c3 = fromArray(DOUBLES, columns, at + 3 * stride + 2 * WIDTH);
        DoubleVector d0 = fromArray(DOUBLES, columns, at + 3 * WIDTH);
        DoubleVector d1 = fromArray(DOUBLES, columns, at + stride + 3 * WIDTH);
        DoubleVector d2 = fromArray(DOUBLES, columns, at + 2 * stride + 3 * WIDTH);
        DoubleVector d3 = fromArray(DOUBLES, columns, at + 3 * stride + 3 * WIDTH);
        int row = firstRow;
        for (int residual = lane; residual < lane + rowCount * LaneMath.TILE_LANES; residual += LaneMath.TILE_LANES, row += rowWidth) {
            DoubleVector first = fromArray(DOUBLES, residuals, residual);
            DoubleVector second = fromArray(DOUBLES, residuals, residual + WIDTH);
            DoubleVector third = fromArray(DOUBLES, residuals, residual + 2 * WIDTH);
            DoubleVector fourth = fromArray(DOUBLES, residuals, residual + 3 * WIDTH);
            DoubleVector x0 = broadcast(DOUBLES, rows[row]);
            a0 = x0.fma(first, a0);
            b0 = x0.fma(second, b0);
            c0 = x0.fma(third, c0);
            d0 = x0.fma(fourth, d0);
            DoubleVector x1 = broadcast(DOUBLES, rows[row + 1]);
            a1 = x1.fma(first, a1);
            b1 = x1.fma(second, b1);
            c1 = x1.fma(third, c1);
            d1 = x1.fma(fourth, d1);
            DoubleVector x2 = broadcast(DOUBLES, rows[row + 2]);
            a2 = x2.fma(first, a2);
            b2 = x2.fma(second, b2);
            c2 = x2.fma(third, c2);
            d2 = x2.fma(fourth, d2);
            DoubleVector x3 = broadcast(DOUBLES, rows[row + 3]);
            a3 = x3.fma(first, a3);
            b3 = x3.fma(second, b3);
            c3 = x3.fma(third, c3);
            d3 = x3.fma(fourth, d3);
        }
        a0.intoArray(columns, at);
        a1.intoArray(columns, at + stride);
        a2.intoArray(columns, at + 2 * stride);
        a3.intoArray(columns, at + 3 * stride);
        b0.intoArray(columns, at + WIDTH);
        b1.intoArray(columns, at + stride + WIDTH);
        b2.intoArray(columns, at + 2 * stride + WIDTH);
        b3.intoArray(columns, at + 3 * stride + WIDTH);
        c0.intoArray(columns, at + 2 * WIDTH);
        c1.intoArray(columns, at + stride + 2 * WIDTH);
        c2.intoArray(columns, at + 2 * stride + 2 * WIDTH);
        c3.intoArray(columns, at + 3 * stride + 2 * WIDTH);
        d0.intoArray(columns, at + 3 * WIDTH);
        d1.intoArray(columns, at + stride + 3 * WIDTH);
        d2.intoArray(columns, at + 2 * stride + 3 * WIDTH);
        d3.intoArray(columns, at + 3 * stride + 3 * WIDTH);
    }

    private static void score1x2(double[] rows, int firstRow, int rowWidth, int rowCount, double[] residuals, int lane, int lanes,
            double[] columns, int at) {
        DoubleVector a = fromArray(DOUBLES, columns, at);
        DoubleVector b = fromArray(DOUBLES, columns, at + WIDTH);
        int row = firstRow;
        int residual = lane;
        for (int r = 0; r < rowCount; r++, row += rowWidth, residual += lanes) {
            DoubleVector x = broadcast(DOUBLES, rows[row]);
            a = x.fma(fromArray(DOUBLES, residuals, residual), a);
            b = x.fma(fromArray(DOUBLES, residuals, residual + WIDTH), b);
        }
        a.intoArray(columns, at);
        b.intoArray(columns, at + WIDTH);
    }
}
