package io.driftwood.inference.numeric;

/**
 * Distribution function and density of N(0, 1), the same bits on every machine: rational forms in one fixed order and {@link StrictMath}.
 * <pre>
 *   |z| &lt;= 0.67448975      Phi = 1/2 + z A(z^2) / B(z^2)
 *   |z| &lt;= sqrt(32)        Phi(-|z|) = e^(-z^2/2) C(|z|) / D(|z|)
 *   beyond                 Phi(-|z|) = e^(-z^2/2) / |z| (1/sqrt(2 pi) - P(1/z^2) / (z^2 Q(1/z^2)))
 * </pre>
 * Relative error below 1e-12 down to the smallest normal number, tails included.
 *
 * <p>Reference: [1] Cody (1969), Mathematics of Computation 23, 631-637. Differs from [1]: nothing.
 */
public final class StandardNormal {

    private static final double INVERSE_ROOT_TWO_PI = 0.398942280401432677939946059934;
    private static final double CENTRE = 0.67448975;
    private static final double TAIL = 5.656854;
    /** Beyond it the tail is less than the least number. */
    private static final double NOTHING = 40;

    private static final double[] A = {2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582, 18154.981253343561249, .065682337918207449113};
    private static final double[] B = {47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956};
    private static final double[] C = {.39894151208813466764, 8.8831497943883759412, 93.506656132177855979, 597.27027639480026226, 2494.5375852903726711,
        6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218, 1.0765576773720192317e-8};
    private static final double[] D = {22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755, 18615.571640885098091,
        34900.952721145977266, 38912.003286093271411, 19685.429676859990727};
    private static final double[] P = {.21589853405795699, .1274011611602473639, .022235277870649807, .001421619193227893466, 2.9112874951168792e-5,
        .02307344176494017303};
    private static final double[] Q = {1.28426009614491121, .468238212480865118, .0659881378689285515, .00378239633202758244, 7.29751555083966205e-5};

    private StandardNormal() {}

    /** e^(-z^2/2) / sqrt(2 pi). */
    public static double density(double z) { return INVERSE_ROOT_TWO_PI * StrictMath.exp(-0.5 * z * z); }

    /** Phi(z); NaN for NaN. */
    public static double cdf(double z) {
        double x = Math.abs(z);
        if (x <= CENTRE) {
            return 0.5 + z * centre(z * z);
        }
        double tail = x <= TAIL ? exponential(x) * flank(x) : x < NOTHING ? exponential(x) * far(x) : x != x ? x : 0;
        return z > 0 ? 1 - tail : tail;
    }

    /** e^(-x^2/2) without the rounding of a large square: x is cut to sixteenths first. */
    private static double exponential(double x) {
        double cut = Math.rint(x * 16) / 16;
        double rest = (x - cut) * (x + cut);
        return StrictMath.exp(-0.5 * cut * cut) * StrictMath.exp(-0.5 * rest);
    }

    private static double centre(double square) {
        double top = A[4] * square;
        double bottom = square;
        for (int i = 0; i < 3; i++) {
            top = (top + A[i]) * square;
            bottom = (bottom + B[i]) * square;
        }
        return (top + A[3]) / (bottom + B[3]);
    }

    private static double flank(double x) {
        double top = C[8] * x;
        double bottom = x;
        for (int i = 0; i < 7; i++) {
            top = (top + C[i]) * x;
            bottom = (bottom + D[i]) * x;
        }
        return (top + C[7]) / (bottom + D[7]);
    }

    private static double far(double x) {
        double inverse = 1 / (x * x);
        double top = P[5] * inverse;
        double bottom = inverse;
        for (int i = 0; i < 4; i++) {
            top = (top + P[i]) * inverse;
            bottom = (bottom + Q[i]) * inverse;
        }
        return (INVERSE_ROOT_TWO_PI - inverse * (top + P[4]) / (bottom + Q[4])) / x;
    }
}
