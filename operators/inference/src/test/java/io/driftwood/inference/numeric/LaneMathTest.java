package io.driftwood.inference.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the interface promises, against the simplest code that could be right. */
class LaneMathTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void choice_followsTheModuleAndTheProperty() {
        assertThat(LaneMathHolder.choose("", true).name()).startsWith(Lanes.WIDTH >= LaneMathHolder.LEAST_WIDTH ? "vector (" : "plain");
        assertThat(LaneMathHolder.choose("", false).name()).isEqualTo("plain");
        assertThat(LaneMathHolder.choose("plain", true).name()).isEqualTo("plain");
        assertThat(LaneMathHolder.choose("vector", true).name()).startsWith("vector (");
        assertThatThrownBy(() -> LaneMathHolder.choose("vector", false)).isInstanceOf(IllegalStateException.class)
                .hasMessage("-Ddriftwood.numeric=vector needs the JVM option --add-modules jdk.incubator.vector");
        assertThatThrownBy(() -> LaneMathHolder.choose("fast", true)).isInstanceOf(IllegalStateException.class)
                .hasMessage("-Ddriftwood.numeric=fast: allowed are plain and vector");
    }

    /** 1e16 absorbs a 1 that reaches it alone, and not a 2: only the promised order gives the promised sum. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void sums_addInBlocksOfEightThenPairwise(String implementation) {
        LaneMath math = LaneMath.named(implementation);
        double[] a = Inputs.spread(1, -30, 30, true, 1003);
        for (int n = 0; n < 1000; n += 7) {
            double[] partial = new double[8];
            double[] partialDot = new double[8];
            for (int i = 0; i < n; i++) {
                partial[i % 8] += a[i + 1];
                partialDot[i % 8] = Math.fma(a[i + 1], a[i + 3], partialDot[i % 8]);
            }
            assertThat(math.sum(a, 1, n)).isEqualTo(pairwise(partial));
            assertThat(math.dot(a, 1, a, 3, n)).isEqualTo(pairwise(partialDot));
        }
        assertThat(math.sum(new double[] {1e16, 1, 0, 0, 0, 1, 0, 0}, 0, 8)).isEqualTo(1e16 + 2);
        assertThat(math.sum(new double[] {1e16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 0, 16)).isEqualTo(1e16);
    }

    private static double pairwise(double[] s) { return s[0] + s[4] + (s[2] + s[6]) + (s[1] + s[5] + (s[3] + s[7])); }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void weightedMoments_areThoseOfTheDefinition(String implementation) {
        LaneMath math = LaneMath.named(implementation);
        double[] w = Inputs.between(1, 0, 1, 101);
        double[] a = Inputs.between(2, -3, 5, 101);
        double[] b = Inputs.between(3, -3, 5, 101);
        double squares = 0;
        double products = 0;
        for (int i = 0; i < 101; i++) {
            squares += w[i] * (a[i] - 1.5) * (a[i] - 1.5);
            products += w[i] * (a[i] - 1.5) * (b[i] + 0.5);
        }
        assertThat(math.weightedSquares(w, 0, a, 0, 1.5, 101)).isCloseTo(squares, within(1e-11));
        assertThat(math.weightedProducts(w, 0, a, 0, 1.5, b, 0, -0.5, 101)).isCloseTo(products, within(1e-11));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void symmetricProducts_areThoseOfTheDefinition(String implementation) {
        int d = 6;
        int n = 104;
        int stride = 112;
        double[] a = Inputs.between(2, -3, 5, 8 * stride);
        double[] b = Inputs.between(3, -3, 5, 8 * stride);
        double[] out = new double[d * d];
        LaneMath.named(implementation).symmetricProducts(a, b, d, stride, n, new double[LaneMath.PARTIAL], out);
        for (int j = 0; j < d; j++) {
            for (int k = 0; k <= j; k++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += a[j * stride + i] * b[k * stride + i];
                }
                assertThat(out[j * d + k]).isCloseTo(sum, within(1e-11)).isEqualTo(out[k * d + j]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void logSumExp_keepsItsLimits(String implementation) {
        LaneMath math = LaneMath.named(implementation);
        double nan = Double.NaN;
        assertThat(math.logSumExp(new double[] {1}, 0, 0)).isEqualTo(-INFINITY);
        assertThat(math.logSumExp(new double[] {-INFINITY, -INFINITY, nan}, 0, 3)).isEqualTo(-INFINITY);
        assertThat(math.logSumExp(new double[] {1, INFINITY, nan}, 0, 3)).isEqualTo(INFINITY);
        assertThat(math.logSumExp(new double[] {nan, 3, -INFINITY}, 0, 3)).isEqualTo(3);
        double[] same = new double[1000];
        Arrays.fill(same, -12345.678);
        assertThat(math.logSumExp(same, 0, 1000)).isCloseTo(-12345.678 + Math.log(1000), within(1e-11));
        Arrays.fill(same, 1e5);
        assertThat(math.logSumExp(same, 3, 9)).isCloseTo(1e5 + Math.log(9), within(1e-10));
        assertThat(math.logSumExp(new double[] {0, -800}, 0, 2)).isZero();
        assertThat(math.max(new double[] {nan, -0.0, -3}, 0, 3)).isZero();
        assertThat(math.max(new double[] {nan}, 0, 1)).isEqualTo(-INFINITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void reductionsOfNonFiniteNumbers_areTheCanonicalNaNOrInfinite(String implementation) {
        LaneMath math = LaneMath.named(implementation);
        double[] a = {1, INFINITY, 3, -INFINITY, 4, 5, 6, 7, 8};
        assertThat(Double.doubleToRawLongBits(math.sum(a, 0, 9))).isEqualTo(Double.doubleToRawLongBits(Double.NaN));
        assertThat(math.sum(a, 0, 3)).isEqualTo(INFINITY);
        assertThat(math.dot(a, 0, new double[9], 0, 9)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void products_areThoseOfTheDefinition(String implementation) {
        LaneMath math = LaneMath.named(implementation);
        int d = 7;
        int lanes = 24;
        int stride = 40;
        double[] rows = Inputs.between(1, -1, 1, 5 * d);
        double[] columns = Inputs.between(2, -1, 1, d * stride);
        double[] eta = new double[5 * lanes];
        math.rowsTimesColumns(rows, 0, d, 5, d, columns, stride, 8, lanes, eta);
        double[] score = new double[d * stride];
        math.addRowsTransposedTimes(rows, 0, d, 5, d, eta, score, stride, 8, lanes);
        double[] lower = new double[d * stride];
        double[] upper = new double[d * stride];
        math.lowerTimesColumns(triangle(rows, d), d, columns, lower, stride, stride);
        math.lowerTransposedTimesColumns(triangle(rows, d), d, columns, upper, stride, stride);
        for (int l = 0; l < lanes; l++) {
            for (int r = 0; r < 5; r++) {
                double sum = 0;
                for (int j = 0; j < d; j++) {
                    sum += rows[r * d + j] * columns[j * stride + 8 + l];
                }
                assertThat(eta[r * lanes + l]).isCloseTo(sum, within(1e-14));
            }
            for (int j = 0; j < d; j++) {
                double sum = 0;
                for (int r = 0; r < 5; r++) {
                    sum += rows[r * d + j] * eta[r * lanes + l];
                }
                assertThat(score[j * stride + 8 + l]).isCloseTo(sum, within(1e-13));
                double below = 0;
                double above = 0;
                for (int k = 0; k < d; k++) {
                    below += k <= j ? triangle(rows, d)[j * d + k] * columns[k * stride + l] : 0;
                    above += k >= j ? triangle(rows, d)[k * d + j] * columns[k * stride + l] : 0;
                }
                assertThat(lower[j * stride + l]).isCloseTo(below, within(1e-14));
                assertThat(upper[j * stride + l]).isCloseTo(above, within(1e-14));
            }
        }
    }

    /** A d x d matrix with NaN above the diagonal, where the products must not look. */
    private static double[] triangle(double[] rows, int d) {
        double[] matrix = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                matrix[i * d + j] = j > i ? Double.NaN : rows[(i + j) % 5 * d + j];
            }
        }
        return matrix;
    }
}
