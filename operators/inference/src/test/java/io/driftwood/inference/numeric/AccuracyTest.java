package io.driftwood.inference.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.hipparchus.dfp.Dfp;
import org.junit.jupiter.api.Test;

/**
 * Errors in units in the last place: against 50-digit arithmetic on some thousand arguments that cover the range, and against
 * StrictMath, which is itself within 1 ulp, on a million. The vector code has the same bits ({@link SameBitsTest}), so the scalar kernels stand for both.
 */
class AccuracyTest {

    @Test
    void exp_isWithinOneUlp() {
        assertUlps(1, ScalarExponential::exp, HighPrecision::exp, Inputs.between(1, -708, 709.78, 150), Inputs.between(2, -1, 1, 150),
                Inputs.between(3, -745.13, -708, 100), Inputs.spread(4, -60, 0, true, 100));
        assertNear(2, ScalarExponential::exp, StrictMath::exp, Inputs.between(5, -745, 709.78, 1_000_000));
    }

    @Test
    void expm1_isWithinOneAndAHalfUlp() {
        assertUlps(1.5, ScalarExponential::expm1, HighPrecision::expm1, Inputs.between(1, -1.5, 1.5, 150), Inputs.between(2, 0.34, 0.4, 150),
                Inputs.between(3, -64, 709.78, 150), Inputs.spread(4, -70, -1, true, 150));
        assertNear(2.5, ScalarExponential::expm1, StrictMath::expm1, Inputs.between(5, -70, 709.78, 300_000), Inputs.spread(6, -1074, 4, true, 700_000));
    }

    @Test
    void sigmoid_isWithinTwoUlpInBothTails() {
        assertUlps(2, ScalarExponential::sigmoid, HighPrecision::sigmoid, Inputs.between(1, -40, 40, 150), Inputs.between(2, -3, 3, 150),
                Inputs.between(3, -745, 0, 150), Inputs.spread(4, -60, 0, true, 100));
    }

    @Test
    void softplus_isWithinOneAndAHalfUlpInBothTails() {
        assertUlps(1.5, ScalarExponential::softplus, HighPrecision::softplus, Inputs.between(1, -40, 40, 150), Inputs.between(2, -3, 3, 150),
                Inputs.between(3, -745, 0, 150), Inputs.spread(4, -60, 0, true, 100));
    }

    @Test
    void log_isWithinOneUlp() {
        assertUlps(1, ScalarLogarithm::log, HighPrecision::log, Inputs.between(1, 0.5, 2, 150), Inputs.spread(2, -1074, 1023.9, false, 150),
                new double[] {Math.nextUp(1.0), Math.nextDown(1.0), Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE});
        assertNear(2, ScalarLogarithm::log, StrictMath::log, Inputs.spread(3, -1074, 1023.9, false, 500_000), Inputs.between(4, 0, 3, 500_000));
    }

    @Test
    void log1p_isWithinOneUlp() {
        assertUlps(1, ScalarLogarithm::log1p, HighPrecision::log1p, Inputs.between(1, -0.99, 2, 150), Inputs.between(2, -0.4, 0.6, 150),
                Inputs.spread(3, -60, 1000, false, 150), new double[] {Math.nextUp(-1.0), -0x1p-60, Double.MIN_VALUE});
        assertNear(2, ScalarLogarithm::log1p, StrictMath::log1p, Inputs.spread(4, -1074, 1023, false, 500_000), Inputs.between(5, -1, 1, 500_000));
    }

    @Test
    void sineAndCosine_areWithinOneUlpUpTo2To20_alsoNextToTheirZeros() {
        double[] nextToZeros = new double[200];
        for (int i = 0; i < nextToZeros.length; i++) {
            nextToZeros[i] = (3333 * i + 1) * (Math.PI / 2);
        }
        double[][] in = {Inputs.between(1, -4, 4, 150), Inputs.between(2, -0x1p20, 0x1p20, 150), nextToZeros, Inputs.spread(3, -60, 20, true, 150)};
        assertUlps(1, AccuracyTest::sin, HighPrecision::sin, in);
        assertUlps(1, AccuracyTest::cos, HighPrecision::cos, in);
        assertNear(2, AccuracyTest::sin, StrictMath::sin, Inputs.between(4, -0x1p20, 0x1p20, 500_000));
        assertNear(2, AccuracyTest::cos, StrictMath::cos, Inputs.between(5, -0x1p20, 0x1p20, 500_000));
    }

    @Test
    void logGamma_isWithinFiveUlp_alsoNextToItsZeros() {
        assertUlps(5, ScalarLogGamma::logGamma, HighPrecision::logGamma, Inputs.between(1, 0, 10, 150), Inputs.between(2, 1.3, 1.6, 100),
                Inputs.between(3, 0.99, 1.01, 100), Inputs.between(4, 1.99, 2.01, 100), Inputs.spread(5, -300, 1000, false, 150),
                new double[] {Math.nextUp(1.0), Math.nextDown(1.0), Math.nextUp(2.0), Math.nextDown(2.0), 8.5, Math.nextDown(8.5)});
    }

    @Test
    void logGamma_ofIntegersIsTheLogOfFactorials() {
        assertThat(ScalarLogGamma.logGamma(1)).isZero();
        assertThat(ScalarLogGamma.logGamma(2)).isZero();
        assertThat(ScalarLogGamma.logGamma(0.5)).isEqualTo(0.5 * Math.log(Math.PI), within(1));
        assertThat(ScalarLogGamma.logGamma(11)).isEqualTo(Math.log(3628800), within(2));
    }

    @Test
    void specialArguments_giveTheLimits() {
        double inf = Double.POSITIVE_INFINITY;
        double nan = Double.NaN;
        assertPoints(ScalarExponential::exp, inf, inf, -inf, 0, nan, nan, 0, 1, -0.0, 1, 709.7827128933841, inf, -745.1332191019412, 0, 1e300, inf, -1e300, 0,
                -745.1332191019411, Double.MIN_VALUE);
        assertThat(ScalarExponential.exp(709.782712893384)).isFinite();
        assertPoints(ScalarExponential::expm1, inf, inf, -inf, -1, nan, nan, 0, 0, -0.0, -0.0, Double.MIN_VALUE, Double.MIN_VALUE, 710, inf, -60, -1, -1e300, -1);
        assertPoints(ScalarExponential::sigmoid, inf, 1, -inf, 0, nan, nan, 0, 0.5, -0.0, 0.5, 800, 1, -800, 0, -745.1332191019411, Double.MIN_VALUE);
        assertPoints(ScalarExponential::softplus, inf, inf, -inf, 0, nan, nan, 1e300, 1e300, -800, 0, 800, 800);
        assertPoints(ScalarLogarithm::log, inf, inf, -inf, nan, nan, nan, 0, -inf, -0.0, -inf, 1, 0, -1, nan, -Double.MIN_VALUE, nan);
        assertPoints(ScalarLogarithm::log1p, inf, inf, -inf, nan, nan, nan, 0, 0, -0.0, -0.0, -1, -inf, -1.5, nan, Double.MIN_VALUE, Double.MIN_VALUE);
        assertPoints(AccuracyTest::sin, inf, nan, -inf, nan, nan, nan, 0, 0, -0.0, -0.0, Double.MIN_VALUE, Double.MIN_VALUE, Math.nextUp(0x1p20), nan);
        assertPoints(AccuracyTest::cos, inf, nan, nan, nan, 0, 1, -0.0, 1, 1e-200, 1, -2e6, nan);
        assertPoints(ScalarLogGamma::logGamma, inf, inf, -inf, nan, nan, nan, 0, nan, -1.5, nan, 1e308, inf, Double.MIN_VALUE, 744.4400719213812);
    }

    private static void assertPoints(DoubleUnaryOperator function, double... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            double value = function.applyAsDouble(pairs[i]);
            assertThat(Double.doubleToRawLongBits(value)).as("f(%s) = %s, expected %s", pairs[i], value, pairs[i + 1])
                    .isEqualTo(Double.doubleToRawLongBits(pairs[i + 1]));
        }
    }

    private static void assertUlps(double bound, DoubleUnaryOperator function, DoubleFunction<Dfp> exact, double[]... inputs) {
        for (double x : Inputs.join(inputs)) {
            double value = function.applyAsDouble(x);
            assertThat(HighPrecision.ulps(value, exact.apply(x))).as("ulps at %s, value %s", x, value).isLessThan(bound);
        }
    }

    private static void assertNear(double bound, DoubleUnaryOperator function, DoubleUnaryOperator strict, double[]... inputs) {
        for (double x : Inputs.join(inputs)) {
            double value = function.applyAsDouble(x);
            double expected = strict.applyAsDouble(x);
            if (!(Math.abs(value - expected) <= bound * Math.ulp(expected))) {
                throw new AssertionError("f(" + x + ") = " + value + ", StrictMath " + expected);
            }
        }
    }

    private static Offset<Double> within(int ulps) { return Offset.offset(ulps * 0x1p-49); }

    private static double sin(double x) {
        double[] pair = new double[2];
        ScalarTrigonometry.sinCos(x, pair, 0, pair, 1);
        return pair[0];
    }

    private static double cos(double x) {
        double[] pair = new double[2];
        ScalarTrigonometry.sinCos(x, pair, 0, pair, 1);
        return pair[1];
    }
}
