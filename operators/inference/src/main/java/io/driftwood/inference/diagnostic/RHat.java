package io.driftwood.inference.diagnostic;

import java.util.Arrays;

/**
 * Whether chains have come to agree, as a ratio of standard deviations that tends to 1: R = sqrt(((n-1)/n W + B/n) / W), W the mean within-chain
 * variance, B/n the variance of the chains' means. Values below 1.01 are good.
 *
 * <p>Reference: [1] Vehtari, Gelman, Simpson, Carpenter and Buerkner (2021), Bayesian Analysis 16, 667-718.
 */
public final class RHat {

    private RHat() {}

    /** Of the draws as they are. NaN for constant, too short or non-finite chains; infinite for chains that are constant each on its own value. */
    public static double of(double[][] chains) {
        if (Moments.flag(chains, 2) != Flag.OK) {
            return Double.NaN;
        }
        int n = chains[0].length;
        double within = Arrays.stream(chains).mapToDouble(Moments::variance).average().orElseThrow();
        double between = Moments.variance(Arrays.stream(chains).mapToDouble(Moments::mean).toArray());
        return Math.sqrt((between + within * (n - 1) / n) / within);
    }

    /** Of the chains' halves, the larger of two: of normal scores, which sees the locations, and of those folded about the median, which sees the scales. */
    public static double rankNormalised(double[][] chains) {
        if (Moments.flag(chains, 4) != Flag.OK) {
            return Double.NaN;
        }
        double[][] halves = RankNormal.split(chains);
        double folded = of(RankNormal.scores(RankNormal.fold(halves)));
        double locations = of(RankNormal.scores(halves));
        // Folded draws of two values are one: the scales agree.
        return folded != folded ? locations : Math.max(locations, folded);
    }
}
