package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.hipparchus.special.Gamma;

/**
 * Counts about a mean m: Poisson, or negative binomial with variance m + a m^2:
 * <pre>
 *   a = 0:  log p(y) = y log m - m - log y!
 *   a > 0:  log p(y) = log Gamma(y + 1/a) - log Gamma(1/a) - log y! + y log(a m) - (y + 1/a) log(1 + a m)
 * </pre>
 *
 * @param dispersion a
 */
record CountNoise(double dispersion) {

    /** Above this a count's mean is beyond any integer type. */
    private static final double LARGEST_MEAN = 1e9;

    /**
     * Adds log p(y) at n means.
     *
     * @param logMean length n
     * @param slope out: d log p / d log m, length n; null when not wanted
     */
    void addLog(double y, double[] logMean, double[] logDensity, double[] slope, int n, Scratch scratch) {
        if (!(y >= 0 && y == Math.rint(y))) {
            java.util.Arrays.fill(logDensity, 0, n, Double.NEGATIVE_INFINITY);
            return;
        }
        int mark = scratch.mark();
        double[] mean = scratch.take(n);
        LaneMath.get().exp(logMean, 0, mean, 0, n);
        if (dispersion == 0) {
            poisson(y, logMean, mean, logDensity, slope, n);
        } else {
            negativeBinomial(y, logMean, mean, logDensity, slope, n, scratch);
        }
        scratch.release(mark);
    }

    private static void poisson(double y, double[] logMean, double[] mean, double[] logDensity, double[] slope, int n) {
        double constant = -Gamma.logGamma(y + 1);
        for (int i = 0; i < n; i++) {
            logDensity[i] += Math.fma(y, logMean[i], constant - mean[i]);
        }
        if (slope != null) {
            for (int i = 0; i < n; i++) {
                slope[i] = y - mean[i];
            }
        }
    }

    private void negativeBinomial(double y, double[] logMean, double[] mean, double[] logDensity, double[] slope, int n, Scratch scratch) {
        int mark = scratch.mark();
        double shape = 1 / dispersion;
        double[] log = scratch.take(n);
        for (int i = 0; i < n; i++) {
            log[i] = dispersion * mean[i];
        }
        LaneMath.get().log1p(log, 0, log, 0, n);
        double constant = Gamma.logGamma(y + shape) - Gamma.logGamma(shape) - Gamma.logGamma(y + 1) + y * StrictMath.log(dispersion);
        for (int i = 0; i < n; i++) {
            logDensity[i] += constant + y * logMean[i] - (y + shape) * log[i];
        }
        if (slope != null) {
            for (int i = 0; i < n; i++) {
                slope[i] = y - (y + shape) * dispersion * mean[i] / (1 + dispersion * mean[i]);
            }
        }
        scratch.release(mark);
    }

    /** n counts, one after the other from one generator. NaN where the mean is not finite. */
    void draw(double[] mean, double[] out, int n, Randomness random, long step, int iteration) {
        UniformRandomProvider source = random.provider(step, Purpose.SIMULATE, iteration);
        for (int i = 0; i < n; i++) {
            double m = mean[i];
            if (dispersion > 0 && m * dispersion > 0 && m < LARGEST_MEAN) {
                m = AhrensDieterMarsagliaTsangGammaSampler.of(source, 1 / dispersion, m * dispersion).sample();
            }
            out[i] = m > 0 && m < LARGEST_MEAN ? PoissonSampler.of(source, m).sample() : m < Double.POSITIVE_INFINITY ? Math.rint(m) : Double.NaN;
        }
    }
}
