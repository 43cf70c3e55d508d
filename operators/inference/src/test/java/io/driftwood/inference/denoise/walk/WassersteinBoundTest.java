package io.driftwood.inference.denoise.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.GaussianMixture;
import org.hipparchus.special.Erf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How far the law of E[x | y_1..y_m] is from that of x, without any walk: within sigma sqrt(d/m). A fifth at -3 and four fifths at 3 in each of d coordinates, sd one, sigma = 3 sqrt d.
 * Along the diagonal the mean is a rising function g of y, so the best coupling is that of quantiles, W2^2 = integral of (F_X^-1(F_Y(y)) - g(y))^2 q(y) dy; across it all is normal.
 */
class WassersteinBoundTest {

    private static double cdf(double x, double far, double sd) {
        return 0.2 * 0.5 * Erf.erfc(-(x + far) / (sd * Math.sqrt(2))) + 0.8 * 0.5 * Erf.erfc(-(x - far) / (sd * Math.sqrt(2)));
    }

    private static double quantile(double u, double far) {
        double low = -far - 40;
        double high = far + 40;
        for (int k = 0; k < 70; k++) {
            double middle = 0.5 * (low + high);
            if (cdf(middle, far, 1) < u) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /** W2/sqrt(d), from an independent implementation. */
    @ParameterizedTest
    @CsvSource({"2,1,1.050", "2,16,0.310", "2,64,0.1164", "2,256,0.0334", "2,1000,0.00888", "64,1,1.428", "64,16,0.836", "64,64,0.684", "64,256,0.445", "64,1000,0.2034"})
    void meansOfExactMeasurements_areAsFarFromTheLawAsKnownAndWithinTheBound(int d, int m, double known) {
        double far = 3 * Math.sqrt(d);
        double variance = 9.0 * d / m;
        GaussianMixture diagonal = GaussianMixture.isotropic(new double[] {0.2, 0.8}, new double[][] {{-far}, {far}}, 1);
        double sd = Math.sqrt(1 + variance);
        int points = 8000;
        double step = 2 * (far + 9 * sd) / points;
        Particles y = new Particles(points, 1);
        for (int i = 0; i < points; i++) {
            y.set(0, i, -far - 9 * sd + (i + 0.5) * step);
        }
        double[] mean = new double[y.length()];
        double[] logDensity = new double[y.stride];
        diagonal.posteriorMean(y, variance, mean, new Scratch());
        diagonal.evaluate(y, variance, logDensity, null, new Scratch());
        double squared = 0;
        for (int i = 0; i < points; i++) {
            double x = quantile(cdf(y.get(0, i), far, sd), far);
            squared += (x - mean[i]) * (x - mean[i]) * Math.exp(logDensity[i]) * step;
        }
        double across = 1 - 1 / Math.sqrt(1 + variance);
        double distance = Math.sqrt((squared + (d - 1) * across * across) / d);
        assertThat(distance).isCloseTo(known, within(0.006 * known));
        assertThat(distance).isLessThan(Math.sqrt(variance));
    }
}
