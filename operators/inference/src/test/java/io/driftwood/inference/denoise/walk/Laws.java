package io.driftwood.inference.denoise.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.GaussianMixture;

/** Independent draws of two dimensions or more, held against a mixture. */
record Laws(Particles x) {

    static Laws of(Particles x) { return new Laws(x); }

    /** Share of the draws that are more probably of the last component than of the others. */
    double lastShare(GaussianMixture mixture) {
        double[] r = new double[mixture.componentCount() * x.stride];
        mixture.responsibilities(x, 0, r, new double[x.stride], new Scratch());
        int last = mixture.componentCount() - 1;
        double sum = 0;
        for (int i = 0; i < x.size; i++) {
            sum += r[last * x.stride + i];
        }
        return sum / x.size;
    }

    double mean(int j) {
        double sum = 0;
        for (int i = 0; i < x.size; i++) {
            sum += x.get(j, i);
        }
        return sum / x.size;
    }

    /**
     * Means, covariances and the last weight within so many standard errors, the fourth moments taken to be at most three times the squared variances, and a bias beside
     * the scale of each.
     */
    void check(GaussianMixture mixture, double errors, double bias) {
        double root = Math.sqrt(x.size);
        double[] mean = mixture.reference().mean();
        double[] lower = mixture.reference().lower();
        int d = mean.length;
        double weight = mixture.weights()[mixture.componentCount() - 1];
        assertThat(lastShare(mixture)).isCloseTo(weight, within(errors * Math.sqrt(weight * (1 - weight)) / root + bias));
        double[] means = new double[d];
        double[] sds = new double[d];
        for (int a = 0; a < d; a++) {
            means[a] = mean(a);
            for (int k = 0; k <= a; k++) {
                sds[a] += lower[a * d + k] * lower[a * d + k];
            }
            sds[a] = Math.sqrt(sds[a]);
            assertThat(means[a]).isCloseTo(mean[a], within(sds[a] * (errors / root + bias)));
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                double expected = 0;
                for (int k = 0; k <= b; k++) {
                    expected += lower[a * d + k] * lower[b * d + k];
                }
                double sum = 0;
                for (int i = 0; i < x.size; i++) {
                    sum += (x.get(a, i) - means[a]) * (x.get(b, i) - means[b]);
                }
                assertThat(sum / x.size).isCloseTo(expected, within(sds[a] * sds[b] * (errors * Math.sqrt(2) / root + 2 * bias)));
            }
        }
    }
}
