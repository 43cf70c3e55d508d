package io.driftwood.inference.filter;

import io.driftwood.inference.numeric.StandardNormal;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * A mixture of m normals of weight 1/m each; one of them is a normal. All answers are in closed form:
 * <pre>
 *   F(y) = mean of Phi((y - mu_i) / s_i)
 *   crps = mean of A(y - mu_i, s_i^2) - 1/2 mean of A(mu_i - mu_j, s_i^2 + s_j^2),   A(d, v) = d (2 Phi(d / sqrt v) - 1) + 2 sqrt v phi(d / sqrt v)
 * </pre>
 * and quantiles by bisection of F between those of the components. O(m), the score O(m^2). Owns its numbers.
 *
 * <p>Reference: [1] Grimit, Gneiting, Berrocal and Johnson (2006), Quarterly Journal of the Royal Meteorological Society 132, 2925-2942.
 */
final class NormalMixture implements Expected {

    private static final NormalDistribution STANDARD = new NormalDistribution();
    /** Transforms stay inside (0, 1), as far from 0 as they can be from 1. */
    private static final double NEAREST = 0x1p-53;
    private static final int BISECTIONS = 60;

    private final double[] mean;
    private final double[] sd;

    NormalMixture(int components) {
        mean = new double[components];
        sd = new double[components];
    }

    void set(int i, double centre, double variance) {
        mean[i] = centre;
        sd[i] = Math.sqrt(variance);
    }

    @Override
    public double mean() {
        double sum = 0;
        for (double m : mean) {
            sum += m;
        }
        return sum / mean.length;
    }

    @Override
    public double sd() {
        double centre = mean();
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            sum += (mean[i] - centre) * (mean[i] - centre) + sd[i] * sd[i];
        }
        return Math.sqrt(sum / mean.length);
    }

    private double cdf(double y) {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            sum += StandardNormal.cdf((y - mean[i]) / sd[i]);
        }
        return sum / mean.length;
    }

    @Override
    public double quantile(double level) {
        double z = STANDARD.inverseCumulativeProbability(level);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < mean.length; i++) {
            low = Math.min(low, mean[i] + z * sd[i]);
            high = Math.max(high, mean[i] + z * sd[i]);
        }
        for (int k = 0; k < BISECTIONS && low < high; k++) {
            double middle = low + 0.5 * (high - low);
            if (cdf(middle) < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    @Override
    public double probabilityTransform(double y, double u) { return Math.min(Math.max(cdf(y), NEAREST), 1 - NEAREST); }

    @Override
    public double rankedScore(double y) {
        double away = 0;
        double spread = 0;
        for (int i = 0; i < mean.length; i++) {
            away += distance(y - mean[i], sd[i]);
            spread += 0.5 * distance(0, Math.sqrt(2) * sd[i]);
            for (int j = 0; j < i; j++) {
                spread += distance(mean[i] - mean[j], Math.sqrt(sd[i] * sd[i] + sd[j] * sd[j]));
            }
        }
        return away / mean.length - spread / ((double) mean.length * mean.length);
    }

    /** E|N(d, s^2)|. */
    private static double distance(double d, double s) {
        double z = d / s;
        return d * (2 * StandardNormal.cdf(z) - 1) + 2 * s * StandardNormal.density(z);
    }
}
