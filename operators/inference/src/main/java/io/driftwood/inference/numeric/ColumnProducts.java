package io.driftwood.inference.numeric;

/**
 * Products of matrices with populations of columns, in tiles that stay in the nearest cache, for the layers of fitted functions and their gradients. A
 * population of width D is D columns of N lanes, column j at [j*stride]; a matrix R x D is row by row. Built of {@link LaneMath} alone, so the bits are the same
 * with and without vectors: every entry is one fma chain in ascending order.
 */
public final class ColumnProducts {

    private ColumnProducts() {}

    /** out (R columns) = W in (D columns), W at {@code matrix[offset..]}. {@code in} and {@code out} must differ. */
    public static void times(double[] matrix, int offset, int rowCount, int width, double[] in, double[] out, int stride, Scratch scratch) {
        int mark = scratch.mark();
        double[] tile = scratch.take(LaneMath.TILE_ROWS * LaneMath.TILE_LANES);
        for (int lane = 0; lane < stride; lane += LaneMath.TILE_LANES) {
            int lanes = Math.min(LaneMath.TILE_LANES, stride - lane);
            for (int r = 0; r < rowCount; r += LaneMath.TILE_ROWS) {
                int rows = Math.min(LaneMath.TILE_ROWS, rowCount - r);
                LaneMath.get().rowsTimesColumns(matrix, offset + r * width, width, rows, width, in, stride, lane, lanes, tile);
                for (int k = 0; k < rows; k++) {
                    System.arraycopy(tile, k * lanes, out, (r + k) * stride + lane, lanes);
                }
            }
        }
        scratch.release(mark);
    }

    /** out (D columns) += W^T in (R columns). */
    public static void addTransposedTimes(double[] matrix, int offset, int rowCount, int width, double[] in, double[] out, int stride, Scratch scratch) {
        int mark = scratch.mark();
        double[] tile = scratch.take(LaneMath.TILE_ROWS * LaneMath.TILE_LANES);
        for (int lane = 0; lane < stride; lane += LaneMath.TILE_LANES) {
            int lanes = Math.min(LaneMath.TILE_LANES, stride - lane);
            for (int r = 0; r < rowCount; r += LaneMath.TILE_ROWS) {
                int rows = Math.min(LaneMath.TILE_ROWS, rowCount - r);
                for (int k = 0; k < rows; k++) {
                    System.arraycopy(in, (r + k) * stride + lane, tile, k * lanes, lanes);
                }
                LaneMath.get().addRowsTransposedTimes(matrix, offset + r * width, width, rows, width, tile, out, stride, lane, lanes);
            }
        }
        scratch.release(mark);
    }

    /** W += sum over lanes of a (R columns) b^T (D columns), W at {@code matrix[offset..]}: the gradient of a matrix. */
    public static void addOuter(double[] a, int rowCount, double[] b, int width, int stride, double[] matrix, int offset, Scratch scratch) {
        int mark = scratch.mark();
        int padded = (rowCount + 7) & ~7;
        // as rows of a data set are taken: every lane is a row of b, with a as its residuals
        double[] rows = scratch.take(stride * width);
        double[] residuals = scratch.take(LaneMath.TILE_ROWS * LaneMath.TILE_LANES);
        double[] transposed = scratch.take(width * padded);
        transpose(b, width, stride, rows);
        java.util.Arrays.fill(transposed, 0, width * padded, 0.0);
        for (int r = 0; r < padded; r += LaneMath.TILE_LANES) {
            int columns = Math.min(LaneMath.TILE_LANES, padded - r);
            for (int lane = 0; lane < stride; lane += LaneMath.TILE_ROWS) {
                int count = Math.min(LaneMath.TILE_ROWS, stride - lane);
                for (int k = 0; k < count; k++) {
                    for (int c = 0; c < columns; c++) {
                        residuals[k * columns + c] = r + c < rowCount ? a[(r + c) * stride + lane + k] : 0;
                    }
                }
                LaneMath.get().addRowsTransposedTimes(rows, lane * width, width, count, width, residuals, transposed, padded, r, columns);
            }
        }
        for (int r = 0; r < rowCount; r++) {
            for (int j = 0; j < width; j++) {
                matrix[offset + r * width + j] += transposed[j * padded + r];
            }
        }
        scratch.release(mark);
    }

    /** Columns become rows, in blocks of 8 columns so that what is written stays near. */
    private static void transpose(double[] columns, int width, int stride, double[] rows) {
        for (int from = 0; from < width; from += 8) {
            int to = Math.min(width, from + 8);
            for (int lane = 0; lane < stride; lane++) {
                for (int j = from; j < to; j++) {
                    rows[lane * width + j] = columns[j * stride + lane];
                }
            }
        }
    }
}
