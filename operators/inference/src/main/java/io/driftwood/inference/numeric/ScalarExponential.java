package io.driftwood.inference.numeric;

/**
 * exp, expm1, sigmoid and softplus of one number, and the coefficients that {@link VectorExponential} shares.
 *
 * <p>x = n log 2 + r with n the nearest integer, |r| &lt;= log(2)/2; e^r = 1 + r + r^2 q(r), q of degree 9.
 * Largest error seen against 50-digit arithmetic, in ulp of the result: exp 0.91, expm1 1.2, sigmoid 1.9, softplus 1.3.
 *
 * <p>Reference: [1] Cody and Waite (1980), Software Manual for the Elementary Functions, chapter 6.
 * <br>Differs from [1]: a polynomial in fma instead of a rational function.
 */
final class ScalarExponential {

    /*
     * q(r): Chebyshev interpolation of (e^r - 1 - r) / r^2 on |r| <= 1.0001 log(2)/2, 60 digits, rounded to double;
     * the error of r^2 q(r) stays below 2^-56.
     */
    static final double EXP_0 = 0x1.0000000000001p-1;
    static final double EXP_1 = 0x1.5555555555556p-3;
    static final double EXP_2 = 0x1.5555555553d63p-5;
    static final double EXP_3 = 0x1.11111111109b3p-7;
    static final double EXP_4 = 0x1.6c16c1788bd90p-10;
    static final double EXP_5 = 0x1.a01a01a7c41d5p-13;
    static final double EXP_6 = 0x1.a019b90d2ae7ap-16;
    static final double EXP_7 = 0x1.71de0dae63bb3p-19;
    static final double EXP_8 = 0x1.289185613a3d6p-22;
    static final double EXP_9 = 0x1.af38a9b0ec855p-26;

    /*
     * (log((1+s)/(1-s))/s - 2) / w with w = s^2: Chebyshev interpolation on 0 <= w <= 1/9, 60 digits, rounded to double; error below 2^-58.
     */
    static final double UNIT_LOG_1 = 0x1.5555555555555p-1;
    static final double UNIT_LOG_2 = 0x1.9999999999943p-2;
    static final double UNIT_LOG_3 = 0x1.2492492499d64p-2;
    static final double UNIT_LOG_4 = 0x1.c71c71bedcd84p-3;
    static final double UNIT_LOG_5 = 0x1.745d1993edef4p-3;
    static final double UNIT_LOG_6 = 0x1.3b13514f4002fp-3;
    static final double UNIT_LOG_7 = 0x1.111abf2a997bep-3;
    static final double UNIT_LOG_8 = 0x1.e0a2b03e150e2p-4;
    static final double UNIT_LOG_9 = 0x1.bc391e7038fd7p-4;
    static final double UNIT_LOG_10 = 0x1.32db888c52864p-4;
    static final double UNIT_LOG_11 = 0x1.402242bc60613p-3;

    static final double LOG2_E = 0x1.71547652b82fep+0;
    /** log 2 to 42 bits, so that its product with an exponent is exact, and the rest. */
    static final double LN2_HIGH = 0x1.62e42fefa3800p-1;
    static final double LN2_LOW = 0x1.ef35793c76730p-45;

    /** 1.5 * 2^52: adding it rounds to an integer, which then stands in the low bits of the sum. */
    static final double ROUNDER = 0x1.8p52;
    static final long ONE_BITS = 0x3FF0000000000000L;
    static final int MANTISSA_BITS = 52;

    /** Beyond these e^x is infinite, respectively rounds to zero. */
    static final double EXP_MAX = 709.79;
    static final double EXP_MIN = -745.14;
    /** Below this e^x - 1 rounds to -1. */
    static final double EXPM1_MIN = -60;
    /** Below this in absolute value e^x - 1 and log(1 + x) round to x. */
    static final double TINY = 0x1p-54;

    private ScalarExponential() {}

    static double exp(double x) {
        double value = expInRange(x);
        value = x > EXP_MAX ? Double.POSITIVE_INFINITY : value;
        value = x < EXP_MIN ? 0.0 : value;
        return x != x ? Double.NaN : value;
    }

    /** Any value outside [EXP_MIN, EXP_MAX]. The power of two is applied in two halves, so a subnormal result is rounded once. */
    private static double expInRange(double x) {
        double shifted = Math.fma(x, LOG2_E, ROUNDER);
        double n = shifted - ROUNDER;
        double r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        double value = Math.fma(r * r, q(r), r) + 1.0;
        long bits = Double.doubleToRawLongBits(shifted);
        long halfBits = Double.doubleToRawLongBits(Math.fma(n, 0.5, ROUNDER));
        double first = Double.longBitsToDouble((halfBits << MANTISSA_BITS) + ONE_BITS);
        double second = Double.longBitsToDouble((bits - halfBits << MANTISSA_BITS) + ONE_BITS);
        return value * first * second;
    }

    static double q(double r) {
        double q = Math.fma(EXP_9, r, EXP_8);
        q = Math.fma(q, r, EXP_7);
        q = Math.fma(q, r, EXP_6);
        q = Math.fma(q, r, EXP_5);
        q = Math.fma(q, r, EXP_4);
        q = Math.fma(q, r, EXP_3);
        q = Math.fma(q, r, EXP_2);
        q = Math.fma(q, r, EXP_1);
        return Math.fma(q, r, EXP_0);
    }

    /** e^x - 1 = 2 (h r + (h - 1/2) + h (r^2 q + c e^r)), h = 2^(n-1), c the rounding error of r. */
    static double expm1(double x) {
        double shifted = Math.fma(x, LOG2_E, ROUNDER);
        double n = shifted - ROUNDER;
        double high = Math.fma(n, -LN2_HIGH, x);
        double r = Math.fma(n, -LN2_LOW, high);
        double c = Math.fma(n, -LN2_LOW, high - r);
        double rest = Math.fma(r * r, q(r), Math.fma(c, r, c));
        double half = Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) - 1 << MANTISSA_BITS) + ONE_BITS);
        double value = 2.0 * Math.fma(half, rest, Math.fma(half, r, half - 0.5));
        value = Math.abs(x) < TINY ? x : value;
        value = x > EXP_MAX ? Double.POSITIVE_INFINITY : value;
        value = x < EXPM1_MIN ? -1.0 : value;
        return x != x ? Double.NaN : value;
    }

    /** z / (1 + z) for x &lt; 0, 1 / (1 + z) otherwise, z = e^-|x|. */
    static double sigmoid(double x) {
        double z = expOfMinus(Math.abs(x));
        double value = (x < 0.0 ? z : 1.0) / (1.0 + z);
        return x != x ? Double.NaN : value;
    }

    /** max(x, 0) + log(1 + z), z = e^-|x|; see {@link #log1pUnit}. */
    static double softplus(double x) {
        double value = (x > 0.0 ? x : 0.0) + log1pUnit(expOfMinus(Math.abs(x)));
        return x != x ? Double.NaN : value;
    }

    /** log(1 + z) for z in [0, 1], in the form of {@link ScalarLogarithm} without its reduction: s = z/(2+z) stays below 1/3. */
    private static double log1pUnit(double z) {
        double s = z / (2.0 + z);
        double w = s * s;
        double half = 0.5 * z * z;
        double series = Math.fma(UNIT_LOG_11, w, UNIT_LOG_10);
        series = Math.fma(series, w, UNIT_LOG_9);
        series = Math.fma(series, w, UNIT_LOG_8);
        series = Math.fma(series, w, UNIT_LOG_7);
        series = Math.fma(series, w, UNIT_LOG_6);
        series = Math.fma(series, w, UNIT_LOG_5);
        series = Math.fma(series, w, UNIT_LOG_4);
        series = Math.fma(series, w, UNIT_LOG_3);
        series = Math.fma(series, w, UNIT_LOG_2);
        series = Math.fma(series, w, UNIT_LOG_1);
        return z - Math.fma(-s, Math.fma(series, w, half), half);
    }

    /** e^-a for a &gt;= 0; anything for NaN. */
    private static double expOfMinus(double a) {
        double value = expInRange(-a);
        return a > -EXP_MIN ? 0.0 : value;
    }

    /** e^(x - shift), and 0 for NaN: a term of log-sum-exp. */
    static double expOrZero(double x, double shift) {
        double value = exp(x - shift);
        return value == value ? value : 0.0;
    }
}
