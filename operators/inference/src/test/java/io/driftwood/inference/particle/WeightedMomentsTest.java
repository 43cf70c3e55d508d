package io.driftwood.inference.particle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import org.junit.jupiter.api.Test;

class WeightedMomentsTest {

    @Test
    void moments_areThoseOfTheDefinition_alsoFarFromTheOriginAndAtOddSizes() {
        int n = 13;
        int d = 5;
        Particles x = new Particles(n, d);
        double[] weights = new double[x.stride];
        for (int i = 0; i < n; i++) {
            weights[i] = 2.0 * (i + 1) / (n * (n + 1));
            for (int j = 0; j < d; j++) {
                x.set(j, i, 1e6 + (i * (j + 3) * 7 % 11) / 3.0);
            }
        }
        double[] mean = new double[d];
        double[] covariance = new double[d * d];
        WeightedMoments.mean(x.values, d, x.stride, weights, n, mean);
        WeightedMoments.covariance(x.values, d, x.stride, weights, n, mean, covariance, new Scratch());
        for (int j = 0; j < d; j++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += weights[i] * (x.get(j, i) - 1e6);
            }
            assertThat(mean[j] - 1e6).isCloseTo(sum, within(1e-8));
            for (int k = 0; k < d; k++) {
                double products = 0;
                for (int i = 0; i < n; i++) {
                    products += weights[i] * (x.get(j, i) - mean[j]) * (x.get(k, i) - mean[k]);
                }
                assertThat(covariance[j * d + k]).isCloseTo(products, within(1e-8));
            }
        }
    }
}
