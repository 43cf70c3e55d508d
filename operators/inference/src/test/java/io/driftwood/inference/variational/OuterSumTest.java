package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.junit.jupiter.api.Test;

/** The sum of outer products against three loops, in lots that do not divide into tiles. */
class OuterSumTest {

    private static final int[][] LOTS = {{5, 8}, {29, 32}, {64, 64}, {1, 8}, {70, 72}};

    @Test
    void total_isTheSumOverAllPathsThatCount_andBeginsAnewWhenForgotten() {
        int rows = 5;
        int columns = 71;
        OuterSum sum = new OuterSum(rows, columns);
        for (int round = 0; round < 2; round++) {
            sum.forget();
            double[][] expected = new double[rows][columns + 1];
            for (int[] lot : LOTS) {
                double[] a = normals(round, rows * lot[1]);
                double[] b = normals(10 + lot[0], columns * lot[1]);
                double[] share = normals(20 + round, 4 + lot[1]);
                sum.add(a, b, lot[1], lot[0], share, 4);
                for (int i = 0; i < lot[0]; i++) {
                    for (int r = 0; r < rows; r++) {
                        for (int c = 0; c <= columns; c++) {
                            expected[r][c] += share[4 + i] * a[r * lot[1] + i] * (c < columns ? b[c * lot[1] + i] : 1);
                        }
                    }
                }
            }
            double[] total = sum.total();
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c <= columns; c++) {
                    assertThat(total[r * sum.width() + c]).isCloseTo(expected[r][c], within(1e-11));
                }
            }
        }
    }

    private static double[] normals(int step, int n) {
        double[] normals = new double[n];
        Randomness.of(7, "outer sum").normals(step, Purpose.PRIOR, 0, normals, 0, n);
        return normals;
    }
}
