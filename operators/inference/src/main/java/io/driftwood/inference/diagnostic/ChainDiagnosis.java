package io.driftwood.inference.diagnostic;

/**
 * All there is to say about the draws of one scalar quantity. Where the flag is not OK the numbers that it takes away are NaN.
 *
 * @param mean of all draws
 * @param standardDeviation of all draws
 * @param meanStandardError Monte Carlo standard error of the mean
 * @param rHat rank-normalised, of halves, the larger of plain and folded; good below 1.01
 * @param bulkSize effective sample size for the centre; good above 100 a chain
 * @param tailSize effective sample size for the 5 % and 95 % quantiles, the smaller; good above 100 a chain
 */
public record ChainDiagnosis(
        double mean, double standardDeviation, double meanStandardError, double rHat, double bulkSize, double tailSize, Flag flag) {

    private static final int SHORTEST = 6;

    /** @param chains chains x draws, equally long */
    public static ChainDiagnosis of(double[][] chains) {
        Flag flag = Moments.flag(chains, SHORTEST);
        double[] all = Moments.flat(chains);
        double mean = all.length == 0 ? Double.NaN : Moments.mean(all);
        if (flag != Flag.OK) {
            return new ChainDiagnosis(mean, flag == Flag.CONSTANT ? 0 : Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, flag);
        }
        return new ChainDiagnosis(mean, Math.sqrt(Moments.variance(all)), StandardErrors.ofMean(chains), RHat.rankNormalised(chains),
                EffectiveSampleSize.bulk(chains), EffectiveSampleSize.tail(chains), flag);
    }
}
