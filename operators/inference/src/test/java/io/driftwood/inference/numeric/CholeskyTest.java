package io.driftwood.inference.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class CholeskyTest {

    private final Cholesky cholesky = new Cholesky();

    @Test
    void decompose_givesTheFactorOfAKnownMatrix() {
        double[] matrix = {4, 12, -16, 12, 37, -43, -16, -43, 98};
        assertThat(cholesky.decompose(matrix, 3)).isTrue();
        double[] lower = new double[9];
        cholesky.lower(lower);
        assertThat(lower).containsExactly(2, 0, 0, 6, 1, 0, -8, 5, 3);
        assertThat(cholesky.ridge()).isZero();
        assertThat(cholesky.logDeterminant()).isCloseTo(Math.log(36), within(1e-14));
        assertThat(matrix).containsExactly(4, 12, -16, 12, 37, -43, -16, -43, 98);
    }

    @Test
    void solves_undoTheProducts() {
        for (int d : new int[] {1, 2, 5, 17, 35, 9}) {
            double[] matrix = spd(d, d);
            double[] x = Inputs.between(3, -2, 2, d);
            assertThat(cholesky.decompose(matrix, d)).isTrue();
            double[] lower = new double[d * d];
            cholesky.lower(lower);

            double[] b = times(matrix, x, d);
            cholesky.solve(b);
            assertThat(b).containsExactly(x, within(1e-10));
            b = times(lower, x, d);
            cholesky.solveLower(b);
            assertThat(b).containsExactly(x, within(1e-10));
            b = times(transposed(lower, d), x, d);
            cholesky.solveLowerTransposed(b);
            assertThat(b).containsExactly(x, within(1e-10));
            double[] inverse = new double[d * d];
            cholesky.inverse(inverse, new double[d]);
            assertThat(times(inverse, times(matrix, x, d), d)).containsExactly(x, within(1e-9));
        }
    }

    @Test
    void decomposeWithRidge_addsTheSmallestRidgeToASingularMatrix() {
        // rank 1, pushed a little below zero: the smallest eigenvalue is about -1e-9 of the mean diagonal
        double[] matrix = {1, 1, 1, 1 - 2e-9};
        assertThat(cholesky.decompose(matrix, 2)).isFalse();
        assertThat(cholesky.decomposeWithRidge(matrix, 2)).isTrue();
        assertThat(cholesky.ridge()).isBetween(1e-9, 1.01e-8);
        double[] lower = new double[4];
        cholesky.lower(lower);
        assertThat(lower[2] * lower[0]).isCloseTo(1, within(1e-12));
        assertThat(cholesky.decomposeWithRidge(new double[] {2, 0, 0, 2}, 2)).isTrue();
        assertThat(cholesky.ridge()).isZero();
    }

    @Test
    void decomposeWithRidge_refusesWhatNoSmallRidgeRepairs() {
        assertThat(cholesky.decomposeWithRidge(new double[] {1, 0, 0, -1}, 2)).isFalse();
        assertThat(cholesky.decomposeWithRidge(new double[] {Double.NaN, 0, 0, 1}, 2)).isFalse();
        assertThat(cholesky.decomposeWithRidge(new double[] {1, Double.NaN, Double.NaN, 1}, 2)).isFalse();
        assertThat(cholesky.decomposeWithRidge(new double[] {Double.POSITIVE_INFINITY, 0, 0, 1}, 2)).isFalse();
        assertThat(cholesky.decomposeWithRidge(new double[4], 2)).isFalse();
        assertThatThrownBy(cholesky::logDeterminant).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void decompose_allocatesNothingAfterTheFirstOfItsSize() {
        double[] matrix = spd(12, 1);
        double[] b = new double[12];
        double[] out = new double[144];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int repeat = 0; repeat < 10; repeat++) {
                cholesky.decompose(matrix, 12);
                cholesky.solve(b);
                cholesky.lower(out);
                b[0] = cholesky.logDeterminant();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }

    private static double[] spd(int d, long seed) {
        double[] a = Inputs.between(seed, -1, 1, d * d);
        double[] matrix = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double sum = i == j ? 0.5 : 0;
                for (int k = 0; k < d; k++) {
                    sum += a[i * d + k] * a[j * d + k];
                }
                matrix[i * d + j] = sum;
            }
        }
        return matrix;
    }

    private static double[] times(double[] matrix, double[] x, int d) {
        double[] out = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                out[i] += matrix[i * d + j] * x[j];
            }
        }
        return out;
    }

    private static double[] transposed(double[] matrix, int d) {
        double[] out = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                out[j * d + i] = matrix[i * d + j];
            }
        }
        return out;
    }
}
