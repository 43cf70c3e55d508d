package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.particle.LogWeights;
import org.junit.jupiter.api.Test;

/** Draws for summaries and predictions come as often as weights say. */
class ChosenTest {

    /** Each particle has the whole part of 100 W of draws, or one more; over many steps 100 W on average, here within 5 of its errors. */
    @Test
    void offspring_areAsManyAsWeightsSay() {
        PosteriorState state = new PosteriorState();
        state.keyBits = 7;
        state.weights = new LogWeights(5);
        double[] weights = {0.103, 0, 0.4567, 0.2403, 0.2};
        System.arraycopy(weights, 0, state.weights.normalised, 0, 5);
        int[] chosen = new int[100];
        double[] sum = new double[5];
        int steps = 4000;
        for (state.step = 1; state.step <= steps; state.step++) {
            Chosen.indices(state, 100, chosen);
            int[] offspring = new int[5];
            for (int i : chosen) {
                offspring[i]++;
            }
            for (int i = 0; i < 5; i++) {
                assertThat((double) offspring[i]).isBetween(Math.floor(100 * weights[i] - 1e-9), Math.ceil(100 * weights[i] + 1e-9));
                sum[i] += offspring[i];
            }
        }
        for (int i = 0; i < 5; i++) {
            assertThat(Math.abs(sum[i] / steps - 100 * weights[i])).isLessThan(5 * 0.5 / Math.sqrt(steps));
        }
    }
}
