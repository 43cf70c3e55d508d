package io.driftwood.inference.denoise.stream;

/**
 * The distribution function of the standard normal, to 1e-15, from the value of e^(-z^2/2), which callers compute in bulk.
 *
 * <p>Reference: [1] Hart et al. (1968), Computer Approximations, algorithm 5666, as given by Genz (1992), J. Comput. Graph. Statist. 1, 141-149.
 * <br>Differs from [1] in nothing.
 */
final class StandardNormal {

    private static final double CUT = 7.071067811865475;
    private static final double ROOT_TWO_PI = 2.506628274631001;

    private StandardNormal() {}

    /**
     * out = Phi(z). Without branches that depend on signs, which a processor could not foresee.
     *
     * @param bells e^(-z^2/2)
     */
    static void cumulative(double[] z, double[] bells, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            double a = Math.abs(z[i]);
            double tail = bells[i] * (a < CUT ? near(a) : far(a));
            double positive = 1 - (Double.doubleToRawLongBits(z[i]) >>> 63);
            out[i] = tail + positive * (1 - 2 * tail);
        }
    }

    private static double near(double a) {
        return ((((((3.52624965998911e-2 * a + 0.700383064443688) * a + 6.37396220353165) * a + 33.912866078383) * a + 112.079291497871) * a
                + 221.213596169931) * a + 220.206867912376)
                / (((((((8.83883476483184e-2 * a + 1.75566716318264) * a + 16.064177579207) * a + 86.7807322029461) * a + 296.564248779674) * a
                + 637.333633378831) * a + 793.826512519948) * a + 440.413735824752);
    }

    private static double far(double a) {
        return a > 37 ? 0 : 1 / (a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65))))) / ROOT_TWO_PI;
    }
}
