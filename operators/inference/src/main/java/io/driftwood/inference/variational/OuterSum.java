package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import java.util.Arrays;

/**
 * The sum over paths of share a b^T, and of share a, for columns a and b that come a few paths at a time: the gradient of a matrix and of what is added to its
 * products. Paths are gathered as rows until a tile is full, so that a number of the sum is read and written once for as many of them.
 */
final class OuterSum {

    private final int rows;
    private final int columns;
    /** Columns and the one of a alone, rounded up to a multiple of eight. */
    private final int padded;
    private final double[] left;
    /** In blocks of as many columns as a tile has lanes, row by row each. */
    private final double[][] right;
    private final double[] sum;
    private int gathered;

    OuterSum(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.padded = (columns + 1 + 7) & ~7;
        this.left = new double[LaneMath.TILE_ROWS * rows];
        this.right = new double[(padded + LaneMath.TILE_LANES - 1) / LaneMath.TILE_LANES][];
        this.sum = new double[rows * padded];
        for (int block = 0; block < right.length; block++) {
            right[block] = new double[LaneMath.TILE_ROWS * wide(block)];
        }
        for (int k = 0; k < LaneMath.TILE_ROWS; k++) {
            int block = columns / LaneMath.TILE_LANES;
            right[block][k * wide(block) + columns % LaneMath.TILE_LANES] = 1;
        }
    }

    /** Columns of a block. */
    private int wide(int block) { return Math.min(LaneMath.TILE_LANES, padded - block * LaneMath.TILE_LANES); }

    void forget() {
        Arrays.fill(sum, 0);
        gathered = 0;
    }

    /**
     * Adds the first {@code counted} paths of the columns, of which path i counts share[lane + i].
     *
     * @param lanes stride of a and b
     */
    void add(double[] a, double[] b, int lanes, int counted, double[] share, int lane) {
        for (int from = 0; from < counted;) {
            if (gathered == LaneMath.TILE_ROWS) {
                settle();
            }
            int to = Math.min(counted, from + LaneMath.TILE_ROWS - gathered);
            gather(a, b, lanes, from, to, share, lane);
            from = to;
        }
    }

    private void gather(double[] a, double[] b, int lanes, int from, int to, double[] share, int lane) {
        for (int i = from; i < to; i++, gathered++) {
            double counts = share[lane + i];
            for (int r = 0, at = i; r < rows; r++, at += lanes) {
                left[gathered * rows + r] = counts * a[at];
            }
            for (int block = 0, at = i; block < right.length; block++) {
                int first = gathered * wide(block);
                int count = Math.min(wide(block), columns - block * LaneMath.TILE_LANES);
                for (int c = first; c < first + count; c++, at += lanes) {
                    right[block][c] = b[at];
                }
            }
        }
    }

    private void settle() {
        for (int block = 0; block < right.length; block++) {
            LaneMath.get().addRowsTransposedTimes(left, 0, rows, gathered, rows, right[block], sum, padded, block * LaneMath.TILE_LANES, wide(block));
        }
        gathered = 0;
    }

    /** The sum so far by rows, {@link #width} apart: of a b^T, then of a. */
    double[] total() {
        settle();
        return sum;
    }

    int width() { return padded; }
}
