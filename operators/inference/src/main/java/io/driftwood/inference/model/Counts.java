package io.driftwood.inference.model;

import org.hipparchus.special.Gamma;

/** Constants of count data. */
final class Counts {

    private Counts() {}

    /** -log y!; -inf when y is no count; NaN when it is missing. */
    static double minusLogFactorial(double y) {
        if (Double.isNaN(y)) {
            return Double.NaN;
        }
        return y >= 0 && y == Math.rint(y) && y < Double.POSITIVE_INFINITY ? -Gamma.logGamma(y + 1) : Double.NEGATIVE_INFINITY;
    }
}
