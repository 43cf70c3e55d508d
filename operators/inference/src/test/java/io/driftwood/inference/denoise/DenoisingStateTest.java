package io.driftwood.inference.denoise;

import static io.driftwood.inference.denoise.DenoisingRuns.correlated;
import static io.driftwood.inference.denoise.DenoisingRuns.run;
import static io.driftwood.inference.denoise.DenoisingRuns.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What measurements add up to: merged, taken back, faded, refused. */
class DenoisingStateTest {

    private static final double[] NO_NOISE_BUT_ONE = {1};
    private final Scratch scratch = new Scratch();

    @ParameterizedTest
    @MethodSource("io.driftwood.inference.denoise.DenoisingRuns#mixtures")
    void mergedShards_areOneStream(GaussianMixture mixture) {
        double[][] rows = Randoms.rows(9, 3, 34);
        rows[1][0] = Double.NaN;
        rows[7] = new double[] {Double.NaN, 3, Double.NaN};
        double[][] noises = {{0.5, 1, 2}, {1.5}, {3, 0.2, 1}};
        StreamingDenoiser denoiser = new StreamingDenoiser(DenoisingPrior.of(mixture), Channel.NORMAL, 1);
        Denoised whole = run(denoiser, denoiser.newState(), rows, noises);
        for (boolean turned : new boolean[] {false, true}) {
            DenoisingState left = denoiser.newState();
            DenoisingState right = denoiser.newState();
            run(denoiser, left, Arrays.copyOfRange(rows, 0, 3), noises);
            run(denoiser, right, Arrays.copyOfRange(rows, 3, 9), noises);
            DenoisingState into = turned ? right : left;
            into.absorb(turned ? left : right);
            into.absorb(denoiser.newState());
            Denoised merged = denoiser.newAnswer();
            denoiser.answer(into, merged, scratch);
            same(merged, whole, 1e-12);
            assertThat(into.steps).isEqualTo(9);
        }
    }

    @Test
    void retractedMeasurement_wasNeverThere() {
        double[][] rows = Randoms.rows(4, 3, 35);
        double[] wrong = {1e3, Double.NaN, -40};
        double[] noise = {0.3, 0.4, 0.5};
        StreamingDenoiser denoiser = new StreamingDenoiser(DenoisingPrior.of(correlated()), Channel.NORMAL, 1);
        Denoised without = run(denoiser, denoiser.newState(), rows, new double[][] {{1, 2, 3}});
        DenoisingState state = denoiser.newState();
        run(denoiser, state, new double[][] {wrong}, new double[][] {noise});
        run(denoiser, state, rows, new double[][] {{1, 2, 3}});
        Denoised after = denoiser.newAnswer();
        denoiser.retract(state, wrong, noise, denoiser.newState(), after, scratch);
        same(after, without, 1e-9);
        assertThat(state.steps).isEqualTo(6);

        for (double[] row : rows) {
            denoiser.retract(state, row, new double[] {1, 2, 3}, denoiser.newState(), after, scratch);
        }
        assertThat(state.precision).containsOnly(0);
        assertThat(state.scatter).isZero();
        assertThat(after.logEvidence).isCloseTo(0, within(1e-9));
    }

    /** With discount l before each measurement the weights are l^(m-i): the normal posterior by hand. */
    @Test
    void discount_isAWindow() {
        double l = 0.8;
        double[] y = {1, 3, -2, 0.5};
        StreamingDenoiser denoiser = new StreamingDenoiser(DiagonalPrior.gaussian(new double[] {0}, new double[] {2}), Channel.NORMAL, l);
        DenoisingState state = denoiser.newState();
        Denoised out = run(denoiser, state, new double[][] {{y[0]}, {y[1]}, {y[2]}}, new double[][] {{1.5}});
        double precision = 0;
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            precision += Math.pow(l, 2 - i) / 2.25;
            sum += Math.pow(l, 2 - i) * y[i] / 2.25;
        }
        assertThat(out.mean[0]).isCloseTo(sum / (precision + 0.25), within(1e-13));
        assertThat(out.variances[0]).isCloseTo(1 / (precision + 0.25), within(1e-13));
        // the next is foretold by the posterior of what the discount leaves
        double left = l * precision + 0.25;
        double spread = 1 / left + 2.25;
        double error = y[3] - l * sum / left;
        denoiser.step(state, new double[] {y[3]}, new double[] {1.5}, denoiser.newState(), out, scratch);
        assertThat(out.logPredictive).isCloseTo(-0.5 * Math.log(2 * Math.PI * spread) - 0.5 * error * error / spread, within(1e-13));
        assertThatThrownBy(() -> denoiser.retract(state, y, y, denoiser.newState(), out, scratch)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void badMeasurements_areRefusedAndLeaveNoTrace() {
        StreamingDenoiser denoiser = new StreamingDenoiser(DenoisingPrior.of(correlated()), Channel.NORMAL, 1);
        DenoisingState state = denoiser.newState();
        Denoised out = run(denoiser, state, new double[][] {{1, 2, 3}}, new double[][] {{1}});
        double evidence = out.logEvidence;
        double[] good = {1, 2, 3};
        for (double noise : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-200}) {
            denoiser.step(state, good, new double[] {noise}, denoiser.newState(), out, scratch);
            assertThat(out.refusal).isEqualTo(Denoised.Refusal.NOISE);
            assertThat(out.logPredictive).isNaN();
        }
        denoiser.step(state, new double[] {1, 2}, NO_NOISE_BUT_ONE, denoiser.newState(), out, scratch);
        assertThat(out.refusal).isEqualTo(Denoised.Refusal.DIMENSION);
        denoiser.step(state, good, new double[] {1, 2}, denoiser.newState(), out, scratch);
        assertThat(out.refusal).isEqualTo(Denoised.Refusal.DIMENSION);
        denoiser.step(state, new double[] {1, Double.POSITIVE_INFINITY, 3}, NO_NOISE_BUT_ONE, denoiser.newState(), out, scratch);
        assertThat(out.refusal).isEqualTo(Denoised.Refusal.VALUE);
        assertThat(state.steps).isEqualTo(1);
        denoiser.answer(state, out, scratch);
        assertThat(out.logEvidence).isEqualTo(evidence);

        StreamingDenoiser signs = new StreamingDenoiser(DiagonalPrior.patterns(new double[][] {{1, -1, 1}}, NO_NOISE_BUT_ONE), Channel.SIGNS, 1);
        signs.step(signs.newState(), new double[] {1, 0.5, 1}, NO_NOISE_BUT_ONE, signs.newState(), out, scratch);
        assertThat(out.refusal).isEqualTo(Denoised.Refusal.VALUE);
    }
}
