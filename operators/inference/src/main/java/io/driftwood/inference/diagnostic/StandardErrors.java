package io.driftwood.inference.diagnostic;

import org.hipparchus.special.Beta;

/**
 * Monte Carlo standard errors of what is estimated from chains. NaN for a constant, too short or non-finite.
 *
 * <p>Reference: [1] Vehtari, Gelman, Simpson, Carpenter and Buerkner (2021), Bayesian Analysis 16, 667-718. [2] Flegal and Jones (2010), Annals of
 * Statistics 38, 1034-1070, for batch means.
 */
public final class StandardErrors {

    /** Phi(-1) and Phi(1). */
    private static final double ONE_BELOW = 0.15865525393145705;
    private static final double ONE_ABOVE = 0.8413447460685429;

    private StandardErrors() {}

    /** sd / sqrt(ESS). */
    public static double ofMean(double[][] chains) {
        return Math.sqrt(Moments.variance(Moments.flat(chains)) / EffectiveSampleSize.ofMean(chains));
    }

    /**
     * Of the p quantile: half the distance of the order statistics at the 16 % and 84 % points of a Beta(ESS p + 1, ESS (1 - p) + 1), ESS that of the
     * indicators of the draws below the quantile.
     */
    public static double ofQuantile(double[][] chains, double p) {
        double size = EffectiveSampleSize.ofQuantile(chains, p);
        if (size != size) {
            return Double.NaN;
        }
        double[] sorted = Moments.sorted(Moments.flat(chains));
        double low = betaQuantile(ONE_BELOW, size * p + 1, size * (1 - p) + 1);
        double high = betaQuantile(ONE_ABOVE, size * p + 1, size * (1 - p) + 1);
        int below = Math.max((int) Math.floor(low * sorted.length), 1);
        int above = Math.min((int) Math.ceil(high * sorted.length), sorted.length);
        return (sorted[above - 1] - sorted[below - 1]) / 2;
    }

    /** Of the mean of one chain, by floor(n / b) batches of b = floor(sqrt n) draws: a check that uses no autocorrelations. */
    public static double batchMeans(double[] chain) {
        if (Moments.flag(new double[][] {chain}, 4) != Flag.OK) {
            return Double.NaN;
        }
        int size = (int) Math.floor(Math.sqrt(chain.length));
        double[] means = new double[chain.length / size];
        for (int batch = 0; batch < means.length; batch++) {
            means[batch] = Moments.mean(java.util.Arrays.copyOfRange(chain, batch * size, (batch + 1) * size));
        }
        return Math.sqrt(Moments.variance(means) / means.length);
    }

    /** By bisection: the regularised incomplete beta function is monotone. */
    private static double betaQuantile(double p, double a, double b) {
        double low = 0;
        double high = 1;
        for (int k = 0; k < 60; k++) {
            double middle = 0.5 * (low + high);
            if (Beta.regularizedBeta(middle, a, b) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }
}
