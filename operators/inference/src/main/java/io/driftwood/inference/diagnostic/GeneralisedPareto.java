package io.driftwood.inference.diagnostic;

import io.driftwood.inference.numeric.LaneMath;

/**
 * The generalised Pareto distribution of exceedances, P(X > x) = (1 + k x / sigma)^(-1/k), k its shape: moments of order below 1/k exist.
 *
 * <p>Fitted by the profile posterior mean of [1] over a grid of theta = -k/sigma, and the shape drawn towards 0.5 by ten imaginary observations,
 * as [2] does. Reference: [1] Zhang and Stephens (2009), Technometrics 51, 316-325. [2] Vehtari, Simpson, Gelman, Yao and Gabry (2024), Journal
 * of Machine Learning Research 25(72).
 *
 * @param shape k; larger for heavier tails
 * @param scale sigma
 */
public record GeneralisedPareto(double shape, double scale) {

    private static final int GRID = 30;
    private static final double PRIOR = 3;
    private static final double IMAGINARY = 10;

    /**
     * Fit.
     *
     * @param sorted exceedances, ascending, positive; at least 5
     */
    public static GeneralisedPareto fit(double[] sorted) {
        int n = sorted.length;
        int m = GRID + (int) Math.floor(Math.sqrt(n));
        double quartile = sorted[(int) Math.floor(n / 4.0 + 0.5) - 1];
        double[] theta = new double[m];
        double[] logLikelihood = new double[m];
        double[] spare = new double[n];
        for (int j = 0; j < m; j++) {
            theta[j] = 1 / sorted[n - 1] + (1 - Math.sqrt(m / (j + 0.5))) / (PRIOR * quartile);
            double k = meanLog1p(-theta[j], sorted, spare);
            logLikelihood[j] = n * (StrictMath.log(-theta[j] / k) - k - 1);
        }
        double total = LaneMath.get().logSumExp(logLikelihood, 0, m);
        double mean = 0;
        for (int j = 0; j < m; j++) {
            double weight = StrictMath.exp(logLikelihood[j] - total);
            mean += weight > 0 ? weight * theta[j] : 0;
        }
        double k = meanLog1p(-mean, sorted, spare);
        return new GeneralisedPareto((n * k + 0.5 * IMAGINARY) / (n + IMAGINARY), -k / mean);
    }

    private static double meanLog1p(double factor, double[] x, double[] spare) {
        for (int i = 0; i < x.length; i++) {
            spare[i] = factor * x[i];
        }
        LaneMath.get().log1p(spare, 0, spare, 0, x.length);
        return LaneMath.get().sum(spare, 0, x.length) / x.length;
    }

    public double quantile(double p) {
        double logTail = StrictMath.log1p(-p);
        return shape == 0 ? -scale * logTail : scale * StrictMath.expm1(-shape * logTail) / shape;
    }

    /** Whether {@link #fit} can be asked: there is something above 0 and it varies. */
    static boolean canFit(double[] sorted) {
        return sorted.length >= 5 && sorted[0] > 0 && sorted[sorted.length - 1] < Double.POSITIVE_INFINITY
                && sorted[sorted.length - 1] > sorted[0];
    }
}
