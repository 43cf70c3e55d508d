package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.ScalarExponential.LN2_HIGH;
import static io.driftwood.inference.numeric.ScalarExponential.LN2_LOW;
import static io.driftwood.inference.numeric.ScalarExponential.TINY;

/**
 * log and log1p of one number, and the coefficients that {@link VectorLogarithm} shares.
 *
 * <p>x = 2^k m with m in [sqrt(1/2), sqrt(2)), f = m - 1, s = f / (2 + f):
 * <pre>
 *   log m = f - (f^2/2 - s (f^2/2 + R(s^2)))
 * </pre>
 * Largest error seen against 50-digit arithmetic: below 1 ulp for both.
 *
 * <p>Reference: [1] fdlibm 5.3 (Sun Microsystems 1993), e_log.c and s_log1p.c: argument reduction and coefficients.
 * <br>Differs from [1]: fma, one straight path without branches.
 */
final class ScalarLogarithm {

    /** R(z) = z LOG_1 + ... + z^7 LOG_7, error below 2^-58.45 for z in [0, 0.02944]; [1]. */
    static final double LOG_1 = 6.666666666666735130e-01;
    static final double LOG_2 = 3.999999999940941908e-01;
    static final double LOG_3 = 2.857142874366239149e-01;
    static final double LOG_4 = 2.222219843214978396e-01;
    static final double LOG_5 = 1.818357216161805012e-01;
    static final double LOG_6 = 1.531383769920937332e-01;
    static final double LOG_7 = 1.479819860511658591e-01;

    /** Bits of sqrt(1/2), cut, where the mantissa's range begins. */
    static final long START_BITS = 0x3FE6A09E00000000L;
    /** Makes the exponent field of a positive normal number k + 1024, positive for every k. */
    static final long EXPONENT_SHIFT = 0x4000000000000000L - START_BITS;
    static final long MANTISSA = 0x000FFFFFFFFFFFFFL;
    /** Or-ed with a small integer these are the bits of 2^52 + that integer. */
    static final long INTEGER_BITS = 0x4330000000000000L;
    static final double INTEGER_SHIFT = 0x1p52 + 1024;
    static final double SUBNORMAL_SCALE = 0x1p54;
    static final double SUBNORMAL_EXPONENT = 54;

    private ScalarLogarithm() {}

    static double log(double x) {
        boolean small = x < Double.MIN_NORMAL;
        double value = logCore(small ? x * SUBNORMAL_SCALE : x, small ? SUBNORMAL_EXPONENT : 0.0);
        value = x == Double.POSITIVE_INFINITY ? Double.POSITIVE_INFINITY : value;
        value = x == 0.0 ? Double.NEGATIVE_INFINITY : value;
        return x >= 0.0 ? value : Double.NaN;
    }

    /** log(x 2^-exponent) of a positive normal x. */
    static double logCore(double x, double exponent) {
        long bits = Double.doubleToRawLongBits(x) + EXPONENT_SHIFT;
        double k = Double.longBitsToDouble(bits >>> 52 | INTEGER_BITS) - INTEGER_SHIFT - exponent;
        double f = Double.longBitsToDouble((bits & MANTISSA) + START_BITS) - 1.0;
        return ofMantissa(f, k, 0.0);
    }

    /** k log 2 + log(1 + f) + correction. */
    private static double ofMantissa(double f, double k, double correction) {
        double s = f / (2.0 + f);
        double z = s * s;
        double half = 0.5 * f * f;
        double series = Math.fma(LOG_7, z, LOG_6);
        series = Math.fma(series, z, LOG_5);
        series = Math.fma(series, z, LOG_4);
        series = Math.fma(series, z, LOG_3);
        series = Math.fma(series, z, LOG_2);
        series = Math.fma(series, z, LOG_1);
        double low = Math.fma(s, Math.fma(series, z, half), Math.fma(k, LN2_LOW, correction));
        return Math.fma(k, LN2_HIGH, f - (half - low));
    }

    static double log1p(double x) {
        // one + c = 1 + x exactly
        double one = 1.0 + x;
        double back = one - 1.0;
        double value = log1pCore(x, one, 1.0 - (one - back) + (x - back));
        value = Math.abs(x) < TINY ? x : value;
        value = x == Double.POSITIVE_INFINITY ? Double.POSITIVE_INFINITY : value;
        value = x == -1.0 ? Double.NEGATIVE_INFINITY : value;
        return x >= -1.0 ? value : Double.NaN;
    }

    /** log(1 + x) where one + c = 1 + x exactly; near x = 0 it works with x itself. */
    private static double log1pCore(double x, double one, double c) {
        long bits = Double.doubleToRawLongBits(one) + EXPONENT_SHIFT;
        double k = Double.longBitsToDouble(bits >>> 52 | INTEGER_BITS) - INTEGER_SHIFT;
        boolean near = k == 0.0;
        double f = near ? x : Double.longBitsToDouble((bits & MANTISSA) + START_BITS) - 1.0;
        return ofMantissa(f, k, near ? 0.0 : c / one);
    }
}
