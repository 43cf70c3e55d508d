package io.driftwood.inference.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whether the numbers have their laws, and whether neighbouring addresses are independent. Every comparison has a false-alarm probability of about 1e-6
 * ({@link #SIGMAS} standard errors, or the matching quantile); there are some 60, with fixed seeds.
 */
class RandomNumbersTest {

    private static final int N = 1 << 19;
    /** Two-sided probability 1e-6 for a standard normal. */
    private static final double SIGMAS = 4.9;
    /** P(sqrt(n) sup|F_n - F| > 2.72) = 2 exp(-2 * 2.72^2) = 7.5e-7. */
    private static final double KOLMOGOROV = 2.72;

    private static final Randomness RANDOM = Randomness.of(1986, "Challenger");

    @Test
    void uniforms_areUniform() {
        double[] u = uniforms(RANDOM, 1, Purpose.USER, 0);
        assertThat(Arrays.stream(u).allMatch(x -> x > 0 && x < 1)).isTrue();
        int[] counts = new int[1024];
        for (double x : u) {
            counts[(int) (x * 1024)]++;
        }
        assertChiSquare(counts, "uniform in 1024 bins");
        // the bits that a coarse histogram does not see
        int[] fine = new int[1024];
        for (double x : u) {
            double scaled = x * 0x1p30;
            fine[(int) ((scaled - Math.floor(scaled)) * 1024)]++;
        }
        assertChiSquare(fine, "bits 31 to 40");
        Arrays.sort(u);
        assertKolmogorov(u, "uniform");
    }

    @Test
    void normals_areStandardNormal() {
        double[] z = normals(RANDOM, 2, Purpose.NOISE, 0);
        double[] moments = new double[5];
        for (double x : z) {
            for (int k = 1; k <= 4; k++) {
                moments[k] += Math.pow(x, k) / N;
            }
        }
        // Var x = 1, Var x^2 = 2, Var x^3 = 15, Var x^4 = 96
        assertWithin(moments[1], 0, Math.sqrt(1.0 / N), "mean");
        assertWithin(moments[2], 1, Math.sqrt(2.0 / N), "second moment");
        assertWithin(moments[3], 0, Math.sqrt(15.0 / N), "third moment");
        assertWithin(moments[4], 3, Math.sqrt(96.0 / N), "fourth moment");
        for (double threshold : new double[] {2, 3, 4}) {
            double probability = Erf.erfc(threshold / Math.sqrt(2));
            long beyond = Arrays.stream(z).filter(x -> Math.abs(x) > threshold).count();
            assertWithin(beyond, N * probability, Math.sqrt(N * probability), "beyond " + threshold);
        }
        double[] probabilities = Arrays.stream(z).map(RandomNumbersTest::cumulative).sorted().toArray();
        assertKolmogorov(probabilities, "normal");
    }

    /** What a wrong pairing of radius and angle, or of the two halves of a block, would leave in the numbers. */
    @Test
    void normalsOfOneBlock_areIndependentOfEachOther() {
        double[] z = normals(RANDOM, 3, Purpose.NOISE, 0);
        for (int distance : new int[] {1, 2, 4, 7, 8, 15, 16}) {
            double[] left = Arrays.copyOf(z, N - distance);
            double[] right = Arrays.copyOfRange(z, distance, N);
            assertUncorrelated(left, right, "lanes " + distance + " apart");
        }
        // cos and sin of the same counter
        double[] cos = new double[N / 2];
        double[] sin = new double[N / 2];
        for (int i = 0; i < N / 2; i++) {
            cos[i] = z[i / 8 * 16 + i % 8];
            sin[i] = z[i / 8 * 16 + 8 + i % 8];
        }
        assertUncorrelated(cos, sin, "cos and sin");
        assertIndependent(cumulative(cos), cumulative(sin), "cos and sin");
    }

    private enum Neighbour {
        STEP, HIGH_STEP, ITERATION, PURPOSE, KEY, SEED, KEY_BIT;

        double[] uniforms() {
            return switch (this) {
                case STEP -> RandomNumbersTest.uniforms(RANDOM, 5, Purpose.ACCEPT, 0);
                case HIGH_STEP -> RandomNumbersTest.uniforms(RANDOM, 4 + (1L << 32), Purpose.ACCEPT, 0);
                case ITERATION -> RandomNumbersTest.uniforms(RANDOM, 4, Purpose.ACCEPT, 1);
                case PURPOSE -> RandomNumbersTest.uniforms(RANDOM, 4, Purpose.MOMENTUM, 0);
                case KEY -> RandomNumbersTest.uniforms(Randomness.of(1986, "Challenges"), 4, Purpose.ACCEPT, 0);
                case SEED -> RandomNumbersTest.uniforms(Randomness.of(1987, "Challenger"), 4, Purpose.ACCEPT, 0);
                case KEY_BIT -> RandomNumbersTest.uniforms(Randomness.ofKeyBits(RANDOM.keyBits() ^ 1), 4, Purpose.ACCEPT, 0);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Neighbour.class)
    void neighbouringAddresses_areIndependent(Neighbour neighbour) {
        double[] here = uniforms(RANDOM, 4, Purpose.ACCEPT, 0);
        double[] there = neighbour.uniforms();
        assertIndependent(here, there, neighbour.name());
        double[] shifted = new double[N];
        System.arraycopy(there, 1, shifted, 0, N - 1);
        shifted[N - 1] = there[0];
        assertIndependent(here, shifted, neighbour + ", one lane on");
    }

    /** The first numbers of consecutive steps: what a stream of small populations uses. */
    @Test
    void firstNumbersOfConsecutiveSteps_areUniformAndIndependent() {
        double[] first = new double[N];
        for (int step = 0; step < N; step++) {
            first[step] = RANDOM.uniform(step, Purpose.RESAMPLE, 0);
        }
        assertIndependent(Arrays.copyOf(first, N - 1), Arrays.copyOfRange(first, 1, N), "consecutive steps");
        Arrays.sort(first);
        assertKolmogorov(first, "first of a step");
    }

    private static double[] uniforms(Randomness random, long step, Purpose purpose, int iteration) {
        double[] out = new double[N];
        random.uniforms(step, purpose, iteration, out, 0, N);
        return out;
    }

    private static double[] normals(Randomness random, long step, Purpose purpose, int iteration) {
        double[] out = new double[N];
        random.normals(step, purpose, iteration, out, 0, N);
        return out;
    }

    private static double cumulative(double z) { return 0.5 * Erf.erfc(-z / Math.sqrt(2)); }

    private static double[] cumulative(double[] z) { return Arrays.stream(z).map(RandomNumbersTest::cumulative).toArray(); }

    private static void assertWithin(double value, double expected, double standardError, String what) {
        assertThat(Math.abs(value - expected) / standardError).as("%s: %s, expected %s", what, value, expected).isLessThan(SIGMAS);
    }

    /** Standardised sums of x y and of (x^2 - 1)(y^2 - 1) of standard normals. */
    private static void assertUncorrelated(double[] x, double[] y, String what) {
        double products = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            products += x[i] * y[i];
            squares += (x[i] * x[i] - 1) * (y[i] * y[i] - 1);
        }
        assertWithin(products, 0, Math.sqrt(x.length), what);
        assertWithin(squares, 0, Math.sqrt(4.0 * x.length), what + ", squares");
    }

    /** Chi-square of uniform pairs on a grid of 32 x 32. */
    private static void assertIndependent(double[] x, double[] y, String what) {
        int[] counts = new int[1024];
        for (int i = 0; i < x.length; i++) {
            counts[(int) (x[i] * 32) * 32 + (int) (y[i] * 32)]++;
        }
        assertChiSquare(counts, what);
    }

    /** Equal cells; Wilson and Hilferty's cube root makes chi-square normal. Too small a value fails as well. */
    private static void assertChiSquare(int[] counts, String what) {
        double expected = Arrays.stream(counts).sum() / (double) counts.length;
        double freedom = counts.length - 1;
        double chiSquare = Arrays.stream(counts).mapToDouble(count -> (count - expected) * (count - expected) / expected).sum();
        double variance = 2 / (9 * freedom);
        assertWithin(Math.cbrt(chiSquare / freedom), 1 - variance, Math.sqrt(variance), what);
    }

    private static void assertKolmogorov(double[] sorted, String what) {
        double distance = 0;
        for (int i = 0; i < sorted.length; i++) {
            distance = Math.max(distance, Math.max((i + 1.0) / sorted.length - sorted[i], sorted[i] - (double) i / sorted.length));
        }
        assertThat(Math.sqrt(sorted.length) * distance).as("Kolmogorov distance of %s", what).isLessThan(KOLMOGOROV);
    }
}
