package io.driftwood.inference.model.prior;

/** Logs of constants, correctly rounded; log Gamma (Hipparchus); argument checks. */
final class Constants {

    /** log sqrt(2 pi). */
    static final double HALF_LOG_TWO_PI = 0.91893853320467274178;
    static final double LOG_PI = 1.14472988584940017414;
    static final double LOG_TWO = 0.69314718055994530942;

    private Constants() {}

    static double logGamma(double x) { return org.hipparchus.special.Gamma.logGamma(x); }

    static double requireFinite(double value, String name) {
        if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite, not " + value);
        }
        return value;
    }

    static double requirePositive(double value, String name) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be positive and finite, not " + value);
        }
        return value;
    }
}
