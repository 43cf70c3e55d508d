package io.driftwood.inference.diagnostic;

import java.util.Arrays;

/**
 * How many independent draws several chains are worth, S / tau, with the autocorrelation time tau = 1 + 2 sum_t rho_t.
 *
 * <pre>
 *   rho_t = 1 - (W - mean over chains of c_t) / var+        var+ = (n-1)/n W + B/n
 * </pre>
 * W the mean within-chain variance, B/n the variance of the chains' means, c_t the autocovariances; summed over pairs (rho_2t, rho_2t+1) as long
 * as these are positive, made monotone. Chains that disagree thus have a large tau. Consistent for chains that mix. O(S log S).
 *
 * <p>Reference: [1] Geyer (1992), Statistical Science 7, 473-483. [2] Vehtari, Gelman, Simpson, Carpenter and Buerkner (2021), Bayesian Analysis
 * 16, 667-718. <br>Differs from [2]: nothing; S / tau is at most S log10 S, as there.
 */
public final class EffectiveSampleSize {

    /** Draws of one half of a chain. */
    private static final int SHORTEST = 3;

    private EffectiveSampleSize() {}

    /** Of the draws as they are; NaN for a constant, too short or not finite. @param chains chains x draws, equally long */
    public static double of(double[][] chains) {
        return Moments.flag(chains, SHORTEST) == Flag.OK ? Moments.flat(chains).length / time(chains) : Double.NaN;
    }

    /** The autocorrelation time of one chain. */
    public static double autocorrelationTime(double[] chain) {
        double[][] chains = {chain};
        return Moments.flag(chains, SHORTEST) == Flag.OK ? time(chains) : Double.NaN;
    }

    /** For the mean: of the halves of the chains. */
    public static double ofMean(double[][] chains) { return of(RankNormal.split(chains)); }

    /** Of the normal scores of the halves: for the centre of a distribution that need not have moments. */
    public static double bulk(double[][] chains) {
        return Moments.flag(chains, 2 * SHORTEST) == Flag.OK ? of(RankNormal.scores(RankNormal.split(chains))) : Double.NaN;
    }

    /** For the p quantile: of the indicators of the draws at or below it. */
    public static double ofQuantile(double[][] chains, double p) {
        if (Moments.flag(chains, 2 * SHORTEST) != Flag.OK) {
            return Double.NaN;
        }
        double quantile = Moments.quantile(Moments.sorted(Moments.flat(chains)), p);
        double[][] below = Arrays.stream(chains).map(chain -> Arrays.stream(chain).map(x -> x <= quantile ? 1 : 0).toArray()).toArray(double[][]::new);
        return ofMean(below);
    }

    /** The smaller of those of the 5 % and the 95 % quantile. */
    public static double tail(double[][] chains) { return Math.min(ofQuantile(chains, 0.05), ofQuantile(chains, 0.95)); }

    private static double time(double[][] chains) {
        int n = chains[0].length;
        double[] covariance = meanAutocovariance(chains);
        double within = covariance[0] * n / (n - 1);
        double total = covariance[0];
        if (chains.length > 1) {
            total += Moments.variance(Arrays.stream(chains).mapToDouble(Moments::mean).toArray());
        }
        double[] rho = new double[n];
        for (int t = 0; t < n; t++) {
            rho[t] = t == 0 ? 1 : 1 - (within - covariance[t]) / total;
        }
        double draws = (double) n * chains.length;
        return Math.max(sum(rho), 1 / StrictMath.log10(draws));
    }

    private static double[] meanAutocovariance(double[][] chains) {
        double[] mean = new double[chains[0].length];
        for (double[] chain : chains) {
            double[] each = Autocovariance.of(chain);
            for (int t = 0; t < mean.length; t++) {
                mean[t] += each[t] / chains.length;
            }
        }
        return mean;
    }

    /** tau = -1 + 2 sum of pairs + the first even term that is left out, which lowers the variance for antithetic chains. */
    private static double sum(double[] rho) {
        int last = 0;
        while (last < rho.length - 5 && rho[last] + rho[last + 1] > 0) {
            last += 2;
        }
        double pairs = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int t = 0; t < last; t += 2) {
            smallest = Math.min(smallest, rho[t] + rho[t + 1]);
            pairs += smallest;
        }
        return -1 + 2 * pairs + Math.max(0, rho[last]);
    }
}
