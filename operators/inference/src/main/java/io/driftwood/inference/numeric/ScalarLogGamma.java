package io.driftwood.inference.numeric;

/**
 * log Gamma of one number, and the coefficients that {@link VectorLogGamma} shares.
 *
 * <pre>
 *   x &gt;= 8.5:      (x - 1/2)(log x - 1) + w(1/x)
 *   x &lt; 8.5:       e P(e) + log of the product that leads from 2 + e to x, |e| &lt;= 1/2:
 *                  -log(x (1 + x)), -log x, 0, log((x-1)(x-2)...)
 * </pre>
 * e is exact, and the zeros at 1 and 2 keep their relative precision. Largest error seen against 50-digit arithmetic, in ulp of the result: 4.
 *
 * <p>Reference: [1] fdlibm 5.3 (Sun Microsystems 1993), e_lgamma_r.c: w. P is our own.
 */
final class ScalarLogGamma {

    /** Where Stirling's series begins: the recurrence takes at most {@link #STEPS} steps below. */
    static final double STIRLING = 8.5;
    static final int STEPS = 6;

    /** w(z) = log(2 pi)/2 - 1/2 + z/12 - z^3/360 ..., error below 2^-58 for z &lt;= 1/8; [1]. */
    static final double STIRLING_0 = 4.18938533204672725052e-01;
    static final double STIRLING_1 = 8.33333333333329678849e-02;
    static final double STIRLING_2 = -2.77777777728775536470e-03;
    static final double STIRLING_3 = 7.93650558643019558500e-04;
    static final double STIRLING_4 = -5.95187557450339963135e-04;
    static final double STIRLING_5 = 8.36339918996282139126e-04;
    static final double STIRLING_6 = -1.63092934096575273989e-03;

    /*
     * P(e) = log Gamma(2 + e) / e: Chebyshev interpolation on |e| <= 1/2, 60 digits, rounded to double; error below 2^-57.
     */
    static final double GAMMA_0 = 0x1.b0ee6072093cep-2;
    static final double GAMMA_1 = 0x1.4a34cc4a60fa6p-2;
    static final double GAMMA_2 = -0x1.13e001a557555p-4;
    static final double GAMMA_3 = 0x1.51322ac7d8333p-6;
    static final double GAMMA_4 = -0x1.e404fc21d8fe7p-8;
    static final double GAMMA_5 = 0x1.7add6eadfcc7bp-9;
    static final double GAMMA_6 = -0x1.38ac5bfce42c1p-10;
    static final double GAMMA_7 = 0x1.0b36af5972ed1p-11;
    static final double GAMMA_8 = -0x1.d3fd6a9087d23p-13;
    static final double GAMMA_9 = 0x1.a127cd91ac95bp-14;
    static final double GAMMA_10 = -0x1.78d8f868f383fp-15;
    static final double GAMMA_11 = 0x1.5808af19fa483p-16;
    static final double GAMMA_12 = -0x1.3d4ce65b1d70bp-17;
    static final double GAMMA_13 = 0x1.2620de1c78d97p-18;
    static final double GAMMA_14 = -0x1.08fccc794a9c7p-19;
    static final double GAMMA_15 = 0x1.f038cb2f6a913p-21;
    static final double GAMMA_16 = -0x1.37fd97eeee99dp-21;
    static final double GAMMA_17 = 0x1.2703c6effc4ebp-22;

    private ScalarLogGamma() {}

    static double logGamma(double x) {
        boolean large = x >= STIRLING;
        boolean belowThreeHalves = x < 1.5;
        boolean belowHalf = x < 0.5;

        // Gamma(x) = (x-1)(x-2)...(2+e) Gamma(2+e) above 5/2, Gamma(x) = Gamma(2+e) / product below 3/2
        double product = 1.0;
        double e = x - 2.0;
        for (int step = 1; step <= STEPS; step++) {
            boolean more = x >= step + 1.5;
            product = more ? product * (x - step) : product;
            e = more ? x - (step + 2) : e;
        }
        product = belowThreeHalves ? x : product;
        e = belowThreeHalves ? x - 1.0 : e;
        product = belowHalf ? Math.fma(x, x, x) : product;
        e = belowHalf ? x : e;

        double log = ScalarLogarithm.log(large ? x : product);
        double small = Math.fma(e, p(e), belowThreeHalves ? -log : log);
        double value = large ? Math.fma(x - 0.5, log - 1.0, stirling(1.0 / x)) : small;
        return x > 0.0 ? value : Double.NaN;
    }

    private static double stirling(double y) {
        double z = y * y;
        double series = Math.fma(STIRLING_6, z, STIRLING_5);
        series = Math.fma(series, z, STIRLING_4);
        series = Math.fma(series, z, STIRLING_3);
        series = Math.fma(series, z, STIRLING_2);
        series = Math.fma(series, z, STIRLING_1);
        return Math.fma(series, y, STIRLING_0);
    }

    private static double p(double e) {
        double p = Math.fma(GAMMA_17, e, GAMMA_16);
        p = Math.fma(p, e, GAMMA_15);
        p = Math.fma(p, e, GAMMA_14);
        p = Math.fma(p, e, GAMMA_13);
        p = Math.fma(p, e, GAMMA_12);
        p = Math.fma(p, e, GAMMA_11);
        p = Math.fma(p, e, GAMMA_10);
        p = Math.fma(p, e, GAMMA_9);
        p = Math.fma(p, e, GAMMA_8);
        p = Math.fma(p, e, GAMMA_7);
        p = Math.fma(p, e, GAMMA_6);
        p = Math.fma(p, e, GAMMA_5);
        p = Math.fma(p, e, GAMMA_4);
        p = Math.fma(p, e, GAMMA_3);
        p = Math.fma(p, e, GAMMA_2);
        p = Math.fma(p, e, GAMMA_1);
        return Math.fma(p, e, GAMMA_0);
    }
}
