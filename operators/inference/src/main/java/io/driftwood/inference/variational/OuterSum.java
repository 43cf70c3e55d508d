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
    private final double[] right;
    private final double[] sum;
    private int gathered;

    OuterSum(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.padded = (columns + 1 + 7) & ~7;
        this.left = new double[LaneMath.TILE_ROWS * rows];
        this.right = new double[LaneMath.TILE_ROWS * padded];
        this.sum = new double[rows * padded];
        for (int k = 0; k < LaneMath.TILE_ROWS; k++) {
            right[k * padded + columns] = 1;
        }
    }

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
            for (int c = 0, at = i; c < columns; c++, at += lanes) {
                right[gathered * padded + c] = b[at];
            }
        }
    }

    private void settle() {
        LaneMath.get().addRowsTransposedTimes(left, 0, rows, gathered, rows, right, sum, padded, 0, padded);
        gathered = 0;
    }

    /** The sum so far by rows, {@link #width} apart: of a b^T, then of a. */
    double[] total() {
        settle();
        return sum;
    }

    int width() { return padded; }
}
