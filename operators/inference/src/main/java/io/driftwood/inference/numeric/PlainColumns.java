package io.driftwood.inference.numeric;

import java.util.Arrays;

/** The linear pieces of {@link LaneMath} in scalar code, but for the tiles, which are in {@link PlainTiles}. */
final class PlainColumns {

    private PlainColumns() {}

    static void axpy(double alpha, double[] x, int xOffset, double[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
        }
    }

    static void axpby(double alpha, double[] x, int xOffset, double beta, double[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Math.fma(alpha, x[xOffset + i], beta * y[yOffset + i]);
        }
    }

    static void multiplyAdd(double[] x, int xOffset, double[] z, int zOffset, double[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Math.fma(x[xOffset + i], z[zOffset + i], y[yOffset + i]);
        }
    }

    static void lowerTimesColumns(double[] lower, int d, double[] in, double[] out, int stride, int lanes) {
        for (int i = 0; i < d; i++) {
            int target = i * stride;
            Arrays.fill(out, target, target + lanes, 0.0);
            for (int j = 0; j <= i; j++) {
                addColumn(lower[i * d + j], in, j * stride, out, target, lanes);
            }
        }
    }

    static void lowerTransposedTimesColumns(double[] lower, int d, double[] in, double[] out, int stride, int lanes) {
        for (int i = 0; i < d; i++) {
            int target = i * stride;
            Arrays.fill(out, target, target + lanes, 0.0);
            for (int j = i; j < d; j++) {
                addColumn(lower[j * d + i], in, j * stride, out, target, lanes);
            }
        }
    }

    /** {@code tile} holds the sum over j of one output column for one tile of lanes. */
    static void addLowerTimesColumns(double factor, double[] lower, int d, double[] in, double[] out, int stride, int lanes, double[] tile) {
        for (int i = 0; i < d; i++) {
            for (int lane = 0; lane < lanes; lane += LaneMath.TILE_LANES) {
                int width = Math.min(LaneMath.TILE_LANES, lanes - lane);
                Arrays.fill(tile, 0, width, 0.0);
                for (int j = 0; j <= i; j++) {
                    addColumn(lower[i * d + j], in, j * stride + lane, tile, 0, width);
                }
                addColumn(factor, tile, 0, out, i * stride + lane, width);
            }
        }
    }

    static void addLowerTransposedTimesColumns(double factor, double[] lower, int d, double[] in, double[] out, int stride, int lanes, double[] tile) {
        for (int i = 0; i < d; i++) {
            for (int lane = 0; lane < lanes; lane += LaneMath.TILE_LANES) {
                int width = Math.min(LaneMath.TILE_LANES, lanes - lane);
                Arrays.fill(tile, 0, width, 0.0);
                for (int j = i; j < d; j++) {
                    addColumn(lower[j * d + i], in, j * stride + lane, tile, 0, width);
                }
                addColumn(factor, tile, 0, out, i * stride + lane, width);
            }
        }
    }

    static void addColumnSquares(double[] a, int d, int stride, int lanes, double factor, double[] out) {
        for (int l = 0; l < lanes; l++) {
            double squares = 0;
            for (int j = 0; j < d; j++) {
                squares = Math.fma(a[j * stride + l], a[j * stride + l], squares);
            }
            out[l] = Math.fma(factor, squares, out[l]);
        }
    }

    private static void addColumn(double x, double[] in, int source, double[] out, int target, int lanes) {
        for (int l = 0; l < lanes; l++) {
            out[target + l] = Math.fma(x, in[source + l], out[target + l]);
        }
    }
}
