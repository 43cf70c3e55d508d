package io.driftwood.inference.sample;

import io.driftwood.inference.numeric.LaneMath;

/**
 * A linear map from d to r dimensions, applied to every particle.
 *
 * @param matrix A, row-major r x d
 */
record LinearMap(double[] matrix, int rows, int columns) {

    static LinearMap identity(int d) {
        double[] matrix = new double[d * d];
        for (int j = 0; j < d; j++) {
            matrix[j * d + j] = 1;
        }
        return new LinearMap(matrix, d, d);
    }

    static LinearMap of(double[][] rows) {
        int d = rows[0].length;
        double[] matrix = new double[rows.length * d];
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(rows[k], 0, matrix, k * d, d);
        }
        return new LinearMap(matrix, rows.length, d);
    }

    /** out[k*stride + i] = sum_j A_kj in[j*stride + i]. */
    void times(double[] in, int stride, double[] out) {
        LaneMath.get().rowsTimesColumns(matrix, 0, columns, rows, columns, in, stride, 0, stride, out);
    }

    /** out[j*stride + i] += sum_k A_kj in[k*stride + i]. */
    void addTransposedTimes(double[] in, int stride, double[] out) {
        LaneMath.get().addRowsTransposedTimes(matrix, 0, columns, rows, columns, in, out, stride, 0, stride);
    }

    /** A^T A, row-major d x d. */
    double[] gram() {
        double[] gram = new double[columns * columns];
        for (int k = 0; k < rows; k++) {
            for (int i = 0; i < columns; i++) {
                for (int j = 0; j < columns; j++) {
                    gram[i * columns + j] += matrix[k * columns + i] * matrix[k * columns + j];
                }
            }
        }
        return gram;
    }
}
