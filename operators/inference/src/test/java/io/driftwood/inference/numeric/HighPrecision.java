package io.driftwood.inference.numeric;

import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.hipparchus.dfp.DfpMath;

/** The elementary functions to 50 decimal digits (Hipparchus Dfp), and the error of a double against them in units in the last place. */
final class HighPrecision {

    private static final DfpField FIELD = new DfpField(50);
    private static final Dfp ONE = FIELD.getOne();

    /** Bernoulli numbers B2, B4, ... as fractions, for Stirling's series. */
    private static final long[][] BERNOULLI = {
        {1, 6}, {-1, 30}, {1, 42}, {-1, 30}, {5, 66}, {-691, 2730}, {7, 6}, {-3617, 510}, {43867, 798}, {-174611, 330},
        {854513, 138}, {-236364091, 2730}, {8553103, 6}, {-23749461029L, 870}, {8615841276005L, 14322},
    };

    private HighPrecision() {}

    static Dfp of(double x) { return FIELD.newDfp(x); }

    static Dfp exp(double x) { return DfpMath.exp(of(x)); }

    static Dfp expm1(double x) {
        if (Math.abs(x) > 1e-10) {
            return exp(x).subtract(ONE);
        }
        Dfp d = of(x);
        Dfp square = d.multiply(d);
        return d.add(square.divide(2)).add(square.multiply(d).divide(6)).add(square.multiply(square).divide(24));
    }

    static Dfp log(double x) { return DfpMath.log(of(x)); }

    static Dfp log1p(double x) { return log1p(of(x)); }

    private static Dfp log1p(Dfp d) {
        if (Math.abs(d.toDouble()) > 1e-10) {
            return DfpMath.log(d.add(ONE));
        }
        Dfp square = d.multiply(d);
        return d.subtract(square.divide(2)).add(square.multiply(d).divide(3)).subtract(square.multiply(square).divide(4));
    }

    static Dfp sigmoid(double x) { return ONE.divide(exp(-x).add(ONE)); }

    static Dfp softplus(double x) { return log1p(exp(x)); }

    static Dfp sin(double x) { return DfpMath.sin(of(x)); }

    static Dfp cos(double x) { return DfpMath.cos(of(x)); }

    /** Stirling's series beyond 50, the recurrence below. */
    static Dfp logGamma(double x) {
        Dfp y = of(x);
        Dfp product = ONE;
        while (y.toDouble() < 50) {
            product = product.multiply(y);
            y = y.add(ONE);
        }
        Dfp sum = y.subtract(of(0.5)).multiply(DfpMath.log(y)).subtract(y)
                .add(DfpMath.log(FIELD.getPi().multiply(2)).divide(2));
        Dfp power = y;
        for (int k = 1; k <= BERNOULLI.length; k++) {
            Dfp bernoulli = FIELD.newDfp(BERNOULLI[k - 1][0]).divide(FIELD.newDfp(BERNOULLI[k - 1][1]));
            sum = sum.add(bernoulli.divide(2 * k * (2 * k - 1)).divide(power));
            power = power.multiply(y).multiply(y);
        }
        return sum.subtract(DfpMath.log(product));
    }

    /** |value - exact| in units in the last place of the exact result. */
    static double ulps(double value, Dfp exact) {
        return of(value).subtract(exact).abs().divide(of(Math.ulp(exact.toDouble()))).toDouble();
    }
}
