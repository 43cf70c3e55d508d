package io.driftwood.inference.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector and plain code give the same bits, for every method, at every offset and length. Elementwise results and reductions are compared raw, NaN included. */
class SameBitsTest {

    private interface Elementwise {
        void apply(LaneMath math, double[] in, int inOffset, double[] out, int outOffset, int n);
    }

    private static final LaneMath PLAIN = new PlainLaneMath();
    private static final LaneMath VECTOR = new VectorLaneMath();

    private static final Map<String, Elementwise> FUNCTIONS = new TreeMap<>(Map.of(
            "exp", LaneMath::exp,
            "expm1", LaneMath::expm1,
            "log", LaneMath::log,
            "log1p", LaneMath::log1p,
            "sigmoid", LaneMath::sigmoid,
            "softplus", LaneMath::softplus,
            "logGamma", LaneMath::logGamma,
            "sin", (math, in, inOffset, out, outOffset, n) -> math.sinCos(in, inOffset, out, outOffset, new double[outOffset + n], outOffset, n),
            "cos", (math, in, inOffset, out, outOffset, n) -> math.sinCos(in, inOffset, new double[outOffset + n], outOffset, out, outOffset, n)));

    @Test
    void elementwiseFunctions_giveTheSameBitsEverywhere() {
        double[] in = Inputs.join(Inputs.specials(), Inputs.anyBits(1, 200_000), Inputs.between(2, -40, 40, 100_000),
                Inputs.between(3, -760, 760, 100_000), Inputs.spread(4, -60, 12, true, 100_000), Inputs.spread(5, -1074, 1023, false, 50_000));
        FUNCTIONS.forEach((name, function) -> {
            double[] plain = new double[in.length];
            double[] vector = new double[in.length];
            function.apply(PLAIN, in, 0, plain, 0, in.length);
            function.apply(VECTOR, in, 0, vector, 0, in.length);
            assertSameBits(name, in, plain, vector);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31})
    void elementwiseFunctions_touchExactlyTheirRange(int n) {
        double[] in = Inputs.between(6, -3, 3, 64);
        FUNCTIONS.forEach((name, function) -> {
            double[] plain = new double[64];
            Arrays.fill(plain, 42);
            double[] vector = plain.clone();
            function.apply(PLAIN, in, 5, plain, 3, n);
            function.apply(VECTOR, in, 5, vector, 3, n);
            assertSameBits(name, in, plain, vector);
            for (int i = 0; i < 64; i++) {
                if (i < 3 || i >= 3 + n) {
                    assertThat(plain[i]).as("%s [%d]", name, i).isEqualTo(42.0);
                }
            }
            double[] inPlace = in.clone();
            function.apply(VECTOR, inPlace, 5, inPlace, 5, n);
            assertThat(Arrays.copyOfRange(inPlace, 5, 5 + n)).as("%s in place", name).isEqualTo(Arrays.copyOfRange(plain, 3, 3 + n));
        });
    }

    @Test
    void softplusAndSigmoidTogether_areThoseApart() {
        double[] in = Inputs.join(Inputs.specials(), Inputs.between(15, -40, 40, 10_001));
        double[] softplus = new double[in.length];
        double[] sigmoid = new double[in.length];
        PLAIN.softplus(in, 0, softplus, 0, in.length);
        PLAIN.sigmoid(in, 0, sigmoid, 0, in.length);
        for (LaneMath math : new LaneMath[] {PLAIN, VECTOR}) {
            double[] first = new double[in.length];
            double[] second = in.clone();
            math.softplusAndSigmoid(second, 0, first, 0, second, 0, in.length);
            assertSameBits("softplus", in, softplus, first);
            assertSameBits("sigmoid", in, sigmoid, second);
        }
    }

    /** Both implementations, and the identity that the method is for, at ordinary and extreme predictors. */
    @Test
    void logisticTile_isTheLogisticLikelihoodInTheSameBits() {
        int lanes = 24;
        int rowCount = 11;
        double[] rows = Inputs.between(16, 0, 1, 3 * rowCount);
        for (int r = 0; r < rowCount; r++) {
            rows[1 + 3 * r] = r % 2;
        }
        double[] eta = Inputs.join(Inputs.between(17, -40, 40, 200), Inputs.between(18, -2000, 2000, 40), new double[] {
            0.0, -0.0, 708, -708, 745.2, -746, 1e300, -1e300, 5e-324, -1e-300, 36.7, -36.7, 1, -1, 0.5, Double.NaN, 2, 3, 4, 5, 6, 7, 8, 9});
        double[] plain = eta.clone();
        double[] vector = eta.clone();
        double[][] sums = new double[4][lanes];
        PLAIN.logisticTile(rows, 1, 3, rowCount, plain, lanes, sums[0], sums[1]);
        VECTOR.logisticTile(rows, 1, 3, rowCount, vector, lanes, sums[2], sums[3]);
        assertSameBits("residual", eta, plain, vector);
        assertThat(sums[2]).isEqualTo(sums[0]);
        assertThat(sums[3]).isEqualTo(sums[1]);
        for (int l = 0; l < lanes; l++) {
            double expected = 0;
            double scale = 1;
            for (int r = 0; r < rowCount; r++) {
                double x = eta[r * lanes + l];
                if (x != x) {
                    assertThat(plain[r * lanes + l]).isNaN();
                    assertThat(sums[0][l] - Math.log(sums[1][l])).isNaN();
                }
                expected += (r % 2) * x - (Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
                scale += Math.abs(x);
                double residual = r % 2 - (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));
                if (x == x) {
                    assertThat(plain[r * lanes + l]).isCloseTo(residual, within(1e-15));
                }
            }
            if (expected == expected) {
                assertThat(sums[0][l] - Math.log(sums[1][l])).isCloseTo(expected, within(1e-15 * scale * rowCount));
            }
        }
    }

    /** What is not a number stays so, in the same bits, whatever its sign; so do the infinite and the huge. */
    @Test
    void logisticTile_givesTheSameBitsOverSpecialsAndAnyBits() {
        int rowCount = 5;
        double[] eta = Inputs.join(Inputs.specials(), Inputs.anyBits(19, 40_000), Inputs.between(26, -800, 800, 40_000));
        int lanes = eta.length / rowCount & ~7;
        double[] rows = {0, 1, 1, 0, 0.25};
        double[] plain = eta.clone();
        double[] vector = eta.clone();
        double[][] sums = new double[4][lanes];
        PLAIN.logisticTile(rows, 0, 1, rowCount, plain, lanes, sums[0], sums[1]);
        VECTOR.logisticTile(rows, 0, 1, rowCount, vector, lanes, sums[2], sums[3]);
        assertSameBits("residual", eta, plain, vector);
        assertThat(sums[2]).isEqualTo(sums[0]);
        assertThat(sums[3]).isEqualTo(sums[1]);
    }

    private interface Reduction {
        double apply(LaneMath math, double[] w, double[] a, double[] b, int offset, int n);
    }

    private static final Map<String, Reduction> REDUCTIONS = new TreeMap<>(Map.of(
            "sum", (math, w, a, b, offset, n) -> math.sum(a, offset, n),
            "dot", (math, w, a, b, offset, n) -> math.dot(a, offset, b, offset + 1, n),
            "weightedSquares", (math, w, a, b, offset, n) -> math.weightedSquares(w, offset + 2, a, offset, 0.3, n),
            "weightedProducts", (math, w, a, b, offset, n) -> math.weightedProducts(w, offset, a, offset + 1, 0.3, b, offset + 2, -0.7, n),
            "max", (math, w, a, b, offset, n) -> math.max(a, offset, n),
            "logSumExp", (math, w, a, b, offset, n) -> math.logSumExp(a, offset, n)));

    @Test
    void reductions_giveTheSameBitsAtEveryLengthAndOffset() {
        double[] w = Inputs.between(7, 0, 1, 600);
        double[] a = Inputs.spread(8, -8, 8, true, 600);
        double[] b = Inputs.between(9, -2, 2, 600);
        REDUCTIONS.forEach((name, reduction) -> {
            for (int offset = 0; offset < 9; offset++) {
                for (int n = 0; n < 560; n = n < 40 ? n + 1 : n + 37) {
                    assertSame(name + " of " + n, reduction.apply(PLAIN, w, a, b, offset, n), reduction.apply(VECTOR, w, a, b, offset, n));
                }
            }
        });
    }

    @Test
    void reductions_giveTheSameBitsOverSpecials() {
        SplittableRandom random = new SplittableRandom(10);
        double[] specials = Inputs.specials();
        for (int repeat = 0; repeat < 5000; repeat++) {
            double[] a = Inputs.between(repeat, -2, 2, 40);
            for (int k = random.nextInt(4); k >= 0; k--) {
                a[random.nextInt(40)] = specials[random.nextInt(specials.length)];
            }
            int n = random.nextInt(36);
            REDUCTIONS.forEach((name, reduction) ->
                    assertSame(name + " over " + Arrays.toString(a), reduction.apply(PLAIN, a, a, a, 1, n), reduction.apply(VECTOR, a, a, a, 1, n)));
        }
    }

    private interface Update {
        void apply(LaneMath math, double[] x, double[] y);
    }

    private static final Map<String, Update> UPDATES = new TreeMap<>(Map.of(
            "axpy", (math, x, y) -> math.axpy(-0.37, x, 3, y, 1, 77),
            "axpby", (math, x, y) -> math.axpby(1.7, x, 2, -0.3, y, 5, 93),
            "multiplyAdd", (math, x, y) -> math.multiplyAdd(x, 3, x, 11, y, 1, 101),
            "select", (math, x, y) -> math.select(chosen(), x, 4, y, 7, 111)));

    private static double[] chosen() {
        double[] chosen = Inputs.between(11, -1, 1, 111);
        for (int i = 0; i < chosen.length; i += 3) {
            chosen[i] = i % 2 == 0 ? 0.0 : -0.0;
        }
        chosen[10] = Double.NaN;
        return chosen;
    }

    @Test
    void updates_giveTheSameBits() {
        UPDATES.forEach((name, update) -> {
            double[] x = Inputs.join(Inputs.between(12, -9, 9, 100), Inputs.anyBits(13, 100));
            double[] plain = Inputs.join(Inputs.between(14, -9, 9, 150), Inputs.specials());
            double[] vector = plain.clone();
            update.apply(PLAIN, x, plain);
            update.apply(VECTOR, x, vector);
            assertThat(vector).as(name).isEqualTo(plain);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 34, 35})
    void columns_giveTheSameBits(int d) {
        int stride = 56;
        for (int lanes : new int[] {8, 16, 24, 40, 56}) {
            for (int lane = 0; lane + lanes <= stride; lane += 8) {
                for (int rowCount = 1; rowCount <= 11; rowCount++) {
                    columns(d, stride, lane, lanes, rowCount);
                }
            }
            double[] lower = Inputs.between(20, -2, 2, d * d);
            double[] in = Inputs.between(21, -2, 2, d * stride);
            double[] plain = new double[d * stride];
            double[] vector = new double[d * stride];
            PLAIN.lowerTimesColumns(lower, d, in, plain, stride, lanes);
            VECTOR.lowerTimesColumns(lower, d, in, vector, stride, lanes);
            assertThat(vector).isEqualTo(plain);
            PLAIN.lowerTransposedTimesColumns(lower, d, in, plain, stride, lanes);
            VECTOR.lowerTransposedTimesColumns(lower, d, in, vector, stride, lanes);
            assertThat(vector).isEqualTo(plain);
            PLAIN.addColumnSquares(in, d, stride, lanes, 0.3, plain);
            VECTOR.addColumnSquares(in, d, stride, lanes, 0.3, vector);
            assertThat(vector).isEqualTo(plain);
        }
    }

    /** Both implementations, and the formulas one coordinate at a time. */
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 40})
    void conditionedNormalsAndTheirMoments_giveTheSameBits(int stride) {
        int count = 3;
        int places = (stride + 15) / 16 * 8;
        double[] variances = Inputs.between(41, 0, 3, count * stride);
        double[] means = Inputs.between(42, -5, 5, count * stride);
        double[] precision = Inputs.between(43, 0, 2, stride);
        double[] centre = Inputs.between(44, -5, 5, stride);
        precision[stride - 1] = 0;
        double[] weights = {0.2, 0.5, 0.3};
        double[][] plain = {new double[count * stride], new double[count * stride], new double[count * places], new double[count * 8], new double[stride], new double[stride]};
        double[][] vector = {new double[count * stride], new double[count * stride], new double[count * places], new double[count * 8], new double[stride], new double[stride]};
        PLAIN.conditionNormals(variances, means, precision, centre, count, stride, plain[0], plain[1], plain[2], plain[3]);
        VECTOR.conditionNormals(variances, means, precision, centre, count, stride, vector[0], vector[1], vector[2], vector[3]);
        PLAIN.mixtureMoments(weights, count, stride, plain[0], plain[1], plain[4], plain[5]);
        VECTOR.mixtureMoments(weights, count, stride, vector[0], vector[1], vector[4], vector[5]);
        assertThat(vector).isDeepEqualTo(plain);
        for (int k = 0; k < count; k++) {
            double logs = 0;
            double squares = 0;
            for (int j = 0; j < stride; j++) {
                int at = k * stride + j;
                double t = 1 + variances[at] * precision[j];
                assertThat(plain[0][at]).isCloseTo(means[at] + variances[at] * precision[j] * (centre[j] - means[at]) / t, within(1e-14));
                assertThat(plain[1][at]).isCloseTo(variances[at] / t, within(1e-15));
                logs += Math.log(t);
                squares += precision[j] * (centre[j] - means[at]) * (centre[j] - means[at]) / t;
            }
            for (int at = 0; at < places; at++) {
                logs -= Math.log(plain[2][k * places + at]);
            }
            for (int lane = 0; lane < 8; lane++) {
                squares -= plain[3][k * 8 + lane];
            }
            assertThat(logs).isCloseTo(0, within(1e-12));
            assertThat(squares).isCloseTo(0, within(1e-11));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 8, 34, 35})
    void symmetricProducts_giveTheSameBits(int d) {
        int stride = 56;
        double[] a = Inputs.between(24, -2, 2, (d + 3) * stride);
        double[] b = Inputs.between(25, -2, 2, (d + 3) * stride);
        for (int n : new int[] {8, 24, 56}) {
            double[] plain = new double[d * d];
            double[] vector = new double[d * d];
            PLAIN.symmetricProducts(a, b, d, stride, n, new double[LaneMath.PARTIAL], plain);
            VECTOR.symmetricProducts(a, b, d, stride, n, new double[LaneMath.PARTIAL], vector);
            assertThat(vector).isEqualTo(plain);
        }
    }

    /** To each other and to product and sum apart, at lanes of less than a tile, one tile and more. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9, 34, 35})
    void triangularSums_areTheBitsOfTheProductThenTheSum(int d) {
        int stride = 152;
        double[] lower = Inputs.between(27, -2, 2, d * d);
        double[] in = Inputs.join(Inputs.between(28, -2, 2, d * stride - 2), new double[] {Double.POSITIVE_INFINITY, Double.NaN});
        double[] old = Inputs.between(29, -2, 2, d * stride);
        double[] product = new double[d * stride];
        double[] tile = new double[d * LaneMath.TILE_LANES];
        for (int lanes : new int[] {8, 40, 64, 72, 152}) {
            for (LaneMath math : new LaneMath[] {PLAIN, VECTOR}) {
                double[] expected = old.clone();
                double[] sum = old.clone();
                Arrays.fill(product, 0.0);
                PLAIN.lowerTimesColumns(lower, d, in, product, stride, lanes);
                addLanes(-0.3, product, expected, d, stride, lanes);
                math.addLowerTimesColumns(-0.3, lower, d, in, sum, stride, lanes, tile);
                assertThat(sum).as(math.name()).isEqualTo(expected);
                PLAIN.lowerTransposedTimesColumns(lower, d, in, product, stride, lanes);
                addLanes(0.7, product, expected, d, stride, lanes);
                math.addLowerTransposedTimesColumns(0.7, lower, d, in, sum, stride, lanes, tile);
                assertThat(sum).as(math.name()).isEqualTo(expected);
            }
        }
    }

    private static void addLanes(double factor, double[] x, double[] y, int d, int stride, int lanes) {
        for (int j = 0; j < d; j++) {
            PLAIN.axpy(factor, x, j * stride, y, j * stride, lanes);
        }
    }

    /** The tiles that models use, which have blocks of their own. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 8, 9, 12, 13, 14, 23, 34, 35})
    void wholeTiles_giveTheSameBits(int d) {
        for (int rowCount = 1; rowCount <= LaneMath.TILE_ROWS; rowCount++) {
            for (int lanes = 8; lanes <= LaneMath.TILE_LANES; lanes += 8) {
                columns(d, LaneMath.TILE_LANES, LaneMath.TILE_LANES - lanes, lanes, rowCount);
            }
            columns(d, 2 * LaneMath.TILE_LANES, LaneMath.TILE_LANES, LaneMath.TILE_LANES, rowCount);
        }
    }

    private static void columns(int d, int stride, int lane, int lanes, int rowCount) {
        int rowWidth = d + 3;
        double[] rows = Inputs.between(22, -2, 2, 5 + rowCount * rowWidth);
        double[] columns = Inputs.between(23, -2, 2, d * stride);
        double[] plain = new double[rowCount * lanes];
        double[] vector = new double[rowCount * lanes];
        PLAIN.rowsTimesColumns(rows, 5, rowWidth, rowCount, d, columns, stride, lane, lanes, plain);
        VECTOR.rowsTimesColumns(rows, 5, rowWidth, rowCount, d, columns, stride, lane, lanes, vector);
        assertThat(vector).isEqualTo(plain);
        double[] plainScore = columns.clone();
        double[] vectorScore = columns.clone();
        PLAIN.addRowsTransposedTimes(rows, 5, rowWidth, rowCount, d, plain, plainScore, stride, lane, lanes);
        VECTOR.addRowsTransposedTimes(rows, 5, rowWidth, rowCount, d, plain, vectorScore, stride, lane, lanes);
        assertThat(vectorScore).isEqualTo(plainScore);
    }

    @Test
    void randomNumbers_areTheSameBitsAndExactlyAsMany() {
        for (int n = 0; n < 120; n++) {
            for (int seed = 0; seed < 5; seed++) {
                double[] plain = new double[130];
                double[] vector = new double[130];
                PLAIN.uniforms(seed - 2, 0x80000001 * seed, seed, -1, 5, plain, 4, n);
                VECTOR.uniforms(seed - 2, 0x80000001 * seed, seed, -1, 5, vector, 4, n);
                assertThat(vector).isEqualTo(plain);
                assertThat(plain[4 + n]).isZero();
                PLAIN.normals(seed, -7, 0x90000000, seed, Integer.MIN_VALUE, plain, 4, n);
                VECTOR.normals(seed, -7, 0x90000000, seed, Integer.MIN_VALUE, vector, 4, n);
                assertThat(vector).isEqualTo(plain);
                assertThat(plain[4 + n]).isZero();
            }
        }
        double[] plain = new double[100_000];
        double[] vector = new double[100_000];
        PLAIN.normals(1, 2, 3, 4, 5, plain, 0, plain.length);
        VECTOR.normals(1, 2, 3, 4, 5, vector, 0, vector.length);
        assertThat(vector).isEqualTo(plain);
    }

    private static void assertSameBits(String name, double[] in, double[] plain, double[] vector) {
        for (int i = 0; i < plain.length; i++) {
            if (Double.doubleToRawLongBits(plain[i]) != Double.doubleToRawLongBits(vector[i])) {
                throw new AssertionError(name + " [" + i + "] of " + in[Math.min(i, in.length - 1)] + ": plain " + plain[i] + ", vector " + vector[i]);
            }
        }
    }

    private static void assertSame(String name, double plain, double vector) {
        assertThat(Double.doubleToRawLongBits(vector)).as("%s: plain %s, vector %s", name, plain, vector).isEqualTo(Double.doubleToRawLongBits(plain));
    }
}
