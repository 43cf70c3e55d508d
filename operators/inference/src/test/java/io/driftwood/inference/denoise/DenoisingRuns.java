package io.driftwood.inference.denoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.target.GaussianMixture;
import java.util.stream.Stream;

/** Mixtures to denoise with, and runs of measurements, for the tests of this room. */
final class DenoisingRuns {

    private DenoisingRuns() {}

    /** Three dimensions, two components, correlated. */
    static GaussianMixture correlated() {
        return GaussianMixture.full(new double[] {0.3, 0.7}, new double[][] {{-2, 0, 1}, {1, 2, -1}},
                new double[][] {{2, 0.5, 0.3, 0.5, 1, -0.2, 0.3, -0.2, 0.7}, {1, -0.4, 0, -0.4, 1.5, 0.6, 0, 0.6, 2}});
    }

    static GaussianMixture uncorrelated() {
        return GaussianMixture.diagonal(new double[] {0.3, 0.7}, new double[][] {{-2, 0, 1}, {1, 2, -1}}, new double[][] {{1.4, 1, 0.8}, {1, 1.2, 1.4}});
    }

    static Stream<GaussianMixture> mixtures() { return Stream.of(correlated(), uncorrelated(), GaussianMixture.isotropic(new double[] {1}, new double[][] {{1, 2, 3}}, 1.5)); }

    static Denoised run(StreamingDenoiser denoiser, DenoisingState state, double[][] rows, double[][] noises) {
        Scratch scratch = new Scratch();
        Denoised out = denoiser.newAnswer();
        for (int i = 0; i < rows.length; i++) {
            denoiser.step(state, rows[i], noises[i % noises.length], denoiser.newState(), out, scratch);
        }
        return out;
    }

    static void same(Denoised actual, Denoised expected, double tolerance) {
        assertThat(actual.logEvidence).isCloseTo(expected.logEvidence, within(tolerance * (1 + Math.abs(expected.logEvidence))));
        assertThat(actual.mean).containsExactly(expected.mean, within(tolerance));
        assertThat(actual.variances).containsExactly(expected.variances, within(tolerance));
        assertThat(actual.modes).containsExactly(expected.modes, within(tolerance));
        assertThat(actual.noise).containsExactly(expected.noise, within(tolerance));
    }
}
