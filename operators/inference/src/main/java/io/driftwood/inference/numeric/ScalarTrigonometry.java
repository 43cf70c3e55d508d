package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.ScalarExponential.ROUNDER;
import static io.driftwood.inference.numeric.ScalarExponential.TINY;

/**
 * Sine and cosine of one number, and the coefficients that {@link VectorTrigonometry} shares.
 *
 * <p>x = n pi/2 + (r + c) with |r| &lt;= pi/4 and c the rounding error of r, so that results keep their relative precision
 * next to multiples of pi/2; polynomials in r^2; quadrant n mod 4. Largest error seen against 50-digit arithmetic: below 1 ulp for |x| &lt;= 2^20.
 *
 * <p>Reference: [1] fdlibm 5.3 (Sun Microsystems 1993), k_sin.c, k_cos.c: polynomials; Cody and Waite (1980), chapter 8: reduction.
 * <br>Differs from [1]: fma; the reduction in three parts of pi/2 serves |x| &lt;= 2^20 only.
 */
final class ScalarTrigonometry {

    static final double LARGEST = 0x1p20;
    static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
    static final double HALF_PI = 0x1.921fb54442d18p+0;
    /** pi/2 in three parts; the first has 34 bits, so its product with n is exact. */
    static final double HALF_PI_1 = 0x1.921fb54400000p+0;
    static final double HALF_PI_2 = 0x1.0b4611a626331p-34;
    static final double HALF_PI_3 = 0x1.1701b839a2520p-88;

    /** sin r = r + r^3 (SIN_1 + r^2 SIN_2 + ...), error below 2^-58 relative to r; [1]. */
    static final double SIN_1 = -1.66666666666666324348e-01;
    static final double SIN_2 = 8.33333333332248946124e-03;
    static final double SIN_3 = -1.98412698298579493134e-04;
    static final double SIN_4 = 2.75573137070700676789e-06;
    static final double SIN_5 = -2.50507602534068634195e-08;
    static final double SIN_6 = 1.58969099521155010221e-10;
    /** cos r = 1 - r^2/2 + r^4 (COS_1 + r^2 COS_2 + ...), error below 2^-58; [1]. */
    static final double COS_1 = 4.16666666666666019037e-02;
    static final double COS_2 = -1.38888888888741095749e-03;
    static final double COS_3 = 2.48015872894767294178e-05;
    static final double COS_4 = -2.75573143513906633035e-07;
    static final double COS_5 = 2.08757232129817482790e-09;
    static final double COS_6 = -1.13596475577881948265e-11;

    private ScalarTrigonometry() {}

    static void sinCos(double x, double[] sinOut, int sinAt, double[] cosOut, int cosAt) {
        double shifted = Math.fma(x, TWO_OVER_PI, ROUNDER);
        double n = shifted - ROUNDER;
        double high = Math.fma(n, -HALF_PI_1, x);
        // high - n HALF_PI_2 in two exact steps: the product's rounding error, then that of the difference (Knuth's two-sum)
        double middle = n * HALF_PI_2;
        double productError = Math.fma(n, HALF_PI_2, -middle);
        double r = high - middle;
        double back = r - high;
        double c = Math.fma(n, -HALF_PI_3, high - (r - back) - (middle + back) - productError);
        long quadrant = Double.doubleToRawLongBits(shifted);
        double sin = sin(r, c);
        double cos = cos(r, c);
        boolean valid = Math.abs(x) <= LARGEST;
        double turned = Math.abs(x) < TINY ? x : turnedSin(sin, cos, quadrant);
        sinOut[sinAt] = valid ? turned : Double.NaN;
        cosOut[cosAt] = valid ? turnedCos(sin, cos, quadrant) : Double.NaN;
    }

    /** sin(r + c). */
    private static double sin(double r, double c) {
        double z = r * r;
        // r + (c (1 - r^2/2) + r^3 series)
        return r + Math.fma(z * r, sinSeries(z), Math.fma(-0.5 * z, c, c));
    }

    static double sinSeries(double z) {
        double series = Math.fma(SIN_6, z, SIN_5);
        series = Math.fma(series, z, SIN_4);
        series = Math.fma(series, z, SIN_3);
        series = Math.fma(series, z, SIN_2);
        return Math.fma(series, z, SIN_1);
    }

    /** cos(r + c). */
    private static double cos(double r, double c) {
        double z = r * r;
        double half = 0.5 * z;
        double whole = 1.0 - half;
        // 1 - r^2/2 in two parts, then r^4 series - r c
        return whole + (1.0 - whole - half + Math.fma(z * z, cosSeries(z), -(r * c)));
    }

    static double cosSeries(double z) {
        double series = Math.fma(COS_6, z, COS_5);
        series = Math.fma(series, z, COS_4);
        series = Math.fma(series, z, COS_3);
        series = Math.fma(series, z, COS_2);
        return Math.fma(series, z, COS_1);
    }

    /** sin of (quadrant pi/2 + r) from sin r and cos r: swapped in odd quadrants, negative in quadrants 2 and 3. */
    static double turnedSin(double sin, double cos, long quadrant) {
        long swap = -(quadrant & 1);
        long s = Double.doubleToRawLongBits(sin);
        long c = Double.doubleToRawLongBits(cos);
        return Double.longBitsToDouble(s ^ (s ^ c) & swap ^ (quadrant & 2) << 62);
    }

    /** cos of the same: swapped in odd quadrants, negative in quadrants 1 and 2. */
    static double turnedCos(double sin, double cos, long quadrant) {
        long swap = -(quadrant & 1);
        long s = Double.doubleToRawLongBits(sin);
        long c = Double.doubleToRawLongBits(cos);
        return Double.longBitsToDouble(c ^ (s ^ c) & swap ^ (quadrant + 1 & 2) << 62);
    }
}
