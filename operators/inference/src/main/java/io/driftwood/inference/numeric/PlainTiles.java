package io.driftwood.inference.numeric;

/**
 * The tile products of {@link LaneMath} in scalar code, blocked in registers: 4 rows (or features) by 2 lanes are 8 chains of fma for
 * 6 loads. What is left over runs 1 by 4. The blocking does not show in the bits.
 */
final class PlainTiles {

    private static final int TILE = 4;

    private PlainTiles() {}

    /** See {@link LaneMath#rowsTimesColumns}. */
    static void rowsTimesColumns(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] columns, int stride, int lane, int lanes, double[] out) {
        int r = 0;
        for (; r + TILE <= rowCount; r += TILE) {
            for (int l = 0; l < lanes; l += 2) {
                predict4x2(rows, rowOffset + r * rowWidth, rowWidth, d, columns, stride, lane + l, out, r * lanes + l, lanes);
            }
        }
        for (; r < rowCount; r++) {
            for (int l = 0; l < lanes; l += 4) {
                predict1x4(rows, rowOffset + r * rowWidth, d, columns, stride, lane + l, out, r * lanes + l);
            }
        }
    }

    private static void predict4x2(double[] rows, int row, int rowWidth, int d, double[] columns, int stride, int lane,
            double[] out, int at, int lanes) {
        double a0 = 0;
        double a1 = 0;
        double a2 = 0;
        double a3 = 0;
        double b0 = 0;
        double b1 = 0;
        double b2 = 0;
        double b3 = 0;
        int column = lane;
        for (int j = row; j < row + d; j++, column += stride) {
            double first = columns[column];
            double second = columns[column + 1];
            double x0 = rows[j];
            double x1 = rows[j + rowWidth];
            double x2 = rows[j + 2 * rowWidth];
            double x3 = rows[j + 3 * rowWidth];
            a0 = Math.fma(x0, first, a0);
            b0 = Math.fma(x0, second, b0);
            a1 = Math.fma(x1, first, a1);
            b1 = Math.fma(x1, second, b1);
            a2 = Math.fma(x2, first, a2);
            b2 = Math.fma(x2, second, b2);
            a3 = Math.fma(x3, first, a3);
            b3 = Math.fma(x3, second, b3);
        }
        out[at] = a0;
        out[at + 1] = b0;
        out[at + lanes] = a1;
        out[at + lanes + 1] = b1;
        out[at + 2 * lanes] = a2;
        out[at + 2 * lanes + 1] = b2;
        out[at + 3 * lanes] = a3;
        out[at + 3 * lanes + 1] = b3;
    }

    private static void predict1x4(double[] rows, int row, int d, double[] columns, int stride, int lane, double[] out, int at) {
        double a = 0;
        double b = 0;
        double c = 0;
        double e = 0;
        int column = lane;
        for (int j = row; j < row + d; j++, column += stride) {
            double x = rows[j];
            a = Math.fma(x, columns[column], a);
            b = Math.fma(x, columns[column + 1], b);
            c = Math.fma(x, columns[column + 2], c);
            e = Math.fma(x, columns[column + 3], e);
        }
        out[at] = a;
        out[at + 1] = b;
        out[at + 2] = c;
        out[at + 3] = e;
    }

    /** See {@link LaneMath#addRowsTransposedTimes}. */
    static void addRowsTransposedTimes(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] residuals, double[] columns, int stride, int lane, int lanes) {
        int j = 0;
        for (; j + TILE <= d; j += TILE) {
            for (int l = 0; l < lanes; l += 2) {
                score4x2(rows, rowOffset + j, rowWidth, rowCount, residuals, l, lanes, columns, j * stride + lane + l, stride);
            }
        }
        for (; j < d; j++) {
            for (int l = 0; l < lanes; l += 4) {
                score1x4(rows, rowOffset + j, rowWidth, rowCount, residuals, l, lanes, columns, j * stride + lane + l);
            }
        }
    }

    private static void score4x2(double[] rows, int firstRow, int rowWidth, int rowCount, double[] residuals, int lane, int lanes,
            double[] columns, int at, int stride) {
        double a0 = columns[at];
        double b0 = columns[at + 1];
        double a1 = columns[at + stride];
        double b1 = columns[at + stride + 1];
        double a2 = columns[at + 2 * stride];
        double b2 = columns[at + 2 * stride + 1];
        double a3 = columns[at + 3 * stride];
        double b3 = columns[at + 3 * stride + 1];
        int row = firstRow;
        int residual = lane;
        for (int r = 0; r < rowCount; r++, row += rowWidth, residual += lanes) {
            double first = residuals[residual];
            double second = residuals[residual + 1];
            double x0 = rows[row];
            double x1 = rows[row + 1];
            double x2 = rows[row + 2];
            double x3 = rows[row + 3];
            a0 = Math.fma(x0, first, a0);
            b0 = Math.fma(x0, second, b0);
            a1 = Math.fma(x1, first, a1);
            b1 = Math.fma(x1, second, b1);
            a2 = Math.fma(x2, first, a2);
            b2 = Math.fma(x2, second, b2);
            a3 = Math.fma(x3, first, a3);
            b3 = Math.fma(x3, second, b3);
        }
        columns[at] = a0;
        columns[at + 1] = b0;
        columns[at + stride] = a1;
        columns[at + stride + 1] = b1;
        columns[at + 2 * stride] = a2;
        columns[at + 2 * stride + 1] = b2;
        columns[at + 3 * stride] = a3;
        columns[at + 3 * stride + 1] = b3;
    }

    private static void score1x4(double[] rows, int firstRow, int rowWidth, int rowCount, double[] residuals, int lane, int lanes,
            double[] columns, int at) {
        double a = columns[at];
        double b = columns[at + 1];
        double c = columns[at + 2];
        double e = columns[at + 3];
        int row = firstRow;
        int residual = lane;
        for (int r = 0; r < rowCount; r++, row += rowWidth, residual += lanes) {
            double x = rows[row];
            a = Math.fma(x, residuals[residual], a);
            b = Math.fma(x, residuals[residual + 1], b);
            c = Math.fma(x, residuals[residual + 2], c);
            e = Math.fma(x, residuals[residual + 3], e);
        }
        columns[at] = a;
        columns[at + 1] = b;
        columns[at + 2] = c;
        columns[at + 3] = e;
    }
}
