package io.driftwood.inference.denoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.target.GaussianMixture;
import org.junit.jupiter.api.Test;

class DriftingDenoiserTest {

    private static final GaussianMixture PRIOR = GaussianMixture.diagonal(new double[] {0.2, 0.8}, new double[][] {{-3, 1}, {3, 0}}, new double[][] {{1, 2}, {1.5, 0.5}});

    @Test
    void withoutDrift_itIsTheStreamingDenoiser() {
        Scratch scratch = new Scratch();
        double[][] rows = Randoms.rows(6, 2, 41);
        rows[3][1] = Double.NaN;
        double[] noise = {3, 1.2};
        DriftingDenoiser drifting = new DriftingDenoiser(PRIOR, new double[] {0, 0});
        StreamingDenoiser streaming = new StreamingDenoiser(DenoisingPrior.of(PRIOR), Channel.NORMAL, 1);
        DriftingDenoiser.DiagonalMixture state = drifting.newState();
        DenoisingState other = streaming.newState();
        Denoised mine = streaming.newAnswer();
        Denoised theirs = streaming.newAnswer();
        for (double[] row : rows) {
            double increment = drifting.step(state, 1, row, noise);
            streaming.step(other, row, noise, streaming.newState(), theirs, scratch);
            drifting.answer(state, mine);
            assertThat(increment).isCloseTo(theirs.logPredictive, within(1e-12));
            assertThat(mine.mean).containsExactly(theirs.mean, within(1e-12));
            assertThat(mine.variances).containsExactly(theirs.variances, within(1e-12));
            assertThat(mine.modes).containsExactly(theirs.modes, within(1e-12));
            assertThat(mine.logEvidence).isCloseTo(theirs.logEvidence, within(1e-11));
        }
    }

    /** Two measurements of one walking coordinate are jointly normal: Cov(y_1, y_2) = s, Var y_i = s + drift t_i + sigma^2. */
    @Test
    void twoMeasurementsOfAWalk_haveTheirJointDensity() {
        double s = 2.25;
        double q = 0.7;
        double sigma2 = 0.64;
        DriftingDenoiser denoiser = new DriftingDenoiser(GaussianMixture.isotropic(new double[] {1}, new double[][] {{1}}, 1.5), new double[] {q});
        DriftingDenoiser.DiagonalMixture state = denoiser.newState();
        denoiser.step(state, 0, new double[] {2.5}, new double[] {0.8});
        denoiser.step(state, 2.5, new double[] {-0.4}, new double[] {0.8});
        double a = s + sigma2;
        double b = s;
        double c = s + 2.5 * q + sigma2;
        double u = 2.5 - 1;
        double v = -0.4 - 1;
        double determinant = a * c - b * b;
        double expected = -Math.log(2 * Math.PI) - 0.5 * Math.log(determinant) - 0.5 * (c * u * u - 2 * b * u * v + a * v * v) / determinant;
        assertThat(state.logEvidence).isCloseTo(expected, within(1e-12));
    }

    @Test
    void correlatedPrior_isRefused() {
        GaussianMixture correlated = GaussianMixture.full(new double[] {1}, new double[][] {{0, 0}}, new double[][] {{1, 0.5, 0.5, 1}});
        assertThatThrownBy(() -> new DriftingDenoiser(correlated, new double[] {1, 1})).isInstanceOf(IllegalArgumentException.class);
    }
}
