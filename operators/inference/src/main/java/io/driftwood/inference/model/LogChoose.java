package io.driftwood.inference.model;

import org.hipparchus.special.Gamma;

/** The logarithm of binomial coefficients. */
final class LogChoose {

    private LogChoose() {}

    /** log C(n, r); -inf when r of n cannot be (not whole, negative, more than n); NaN when either is missing. */
    static double of(double n, double r) {
        if (Double.isNaN(n) || Double.isNaN(r)) {
            return Double.NaN;
        }
        if (!(r >= 0 && r <= n && r == Math.rint(r) && n == Math.rint(n) && n < Double.POSITIVE_INFINITY)) {
            return Double.NEGATIVE_INFINITY;
        }
        return r == 0 || r == n ? 0 : Gamma.logGamma(n + 1) - Gamma.logGamma(r + 1) - Gamma.logGamma(n - r + 1);
    }
}
