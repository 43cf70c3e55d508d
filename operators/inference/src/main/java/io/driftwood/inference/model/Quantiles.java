package io.driftwood.inference.model;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Gamma;

/** Quantile functions of the posteriors that are known in closed form, over Hipparchus' distribution functions. */
public final class Quantiles {

    private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution();

    private Quantiles() {}

    public static double normal(double p, double mean, double sd) {
        return mean + sd * STANDARD_NORMAL.inverseCumulativeProbability(p);
    }

    /** Student's t. Hipparchus inverts to 1e-9; one Newton step takes that to rounding. */
    public static double studentT(double p, double degreesOfFreedom, double location, double scale) {
        TDistribution t = new TDistribution(degreesOfFreedom);
        double z = t.inverseCumulativeProbability(p);
        double correction = (t.cumulativeProbability(z) - p) / t.density(z);
        return location + scale * (Math.abs(correction) < 1e-6 * (1 + Math.abs(z)) ? z - correction : z);
    }

    /** Inverse gamma: x with P(X <= x) = p is scale/g, g the upper p quantile of a Gamma(shape, 1). */
    public static double inverseGamma(double p, double shape, double scale) {
        return scale / StrictMath.exp(logUpperGamma(p, shape));
    }

    /**
     * log g with Q(shape, g) = p, by bisection over log g: the regularised incomplete gamma function is monotone, and on the log scale
     * small shapes, whose quantiles underflow, keep their precision.
     */
    private static double logUpperGamma(double p, double shape) {
        double low = StrictMath.log(shape) - 1;
        while (Gamma.regularizedGammaQ(shape, StrictMath.exp(low)) < p && low > -745) {
            low -= 1 + Math.abs(low);
        }
        double high = StrictMath.log(shape) + 1;
        while (Gamma.regularizedGammaQ(shape, StrictMath.exp(high)) > p) {
            high += 1 + 0.1 * Math.abs(high);
        }
        while (high - low > 1e-14 * (1 + Math.abs(low))) {
            double middle = low + (high - low) / 2;
            if (middle == low || middle == high) {
                break;
            }
            if (Gamma.regularizedGammaQ(shape, StrictMath.exp(middle)) > p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
