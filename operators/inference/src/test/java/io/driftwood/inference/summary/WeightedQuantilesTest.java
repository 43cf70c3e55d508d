package io.driftwood.inference.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightedQuantilesTest {

    private final WeightedQuantiles quantiles = new WeightedQuantiles();

    @Test
    void equalWeights_giveHazensQuantiles() {
        double[] draws = {3, -1, 2, 0, 1};
        double[] weights = new double[5];
        Arrays.fill(weights, 0.2);
        double[] out = new double[5];
        quantiles.at(draws, 0, weights, 5, new double[] {0.05, 0.1, 0.3, 0.5, 0.95}, out);
        // Centres at 0.1, 0.3, 0.5, 0.7, 0.9.
        assertThat(out).containsExactly(new double[] {-1, -1, 0, 1, 3}, within(1e-14));
    }

    @Test
    void levelsBetweenCentres_areLinear() {
        double[] out = new double[1];
        quantiles.at(new double[] {10, 20}, 0, new double[] {0.25, 0.75}, 2, new double[] {0.375}, out);
        // Centres 0.125 and 0.625: halfway.
        assertThat(out[0]).isCloseTo(15, within(1e-12));
    }

    @Test
    void drawsOfWeightZero_areNotThere() {
        double[] out = new double[1];
        quantiles.at(new double[] {Double.NaN, 1, 1e300, 1}, 0, new double[] {0, 0.5, 0, 0.5}, 4, new double[] {0.9}, out);
        assertThat(out[0]).isEqualTo(1);
    }

    @Test
    void anOffset_selectsTheColumn() {
        double[] out = new double[1];
        quantiles.at(new double[] {9, 9, -5, -7, -6}, 2, new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3}, 3, new double[] {0.5}, out);
        assertThat(out[0]).isEqualTo(-6);
    }

    @Test
    void quantiles_ofManyDrawsOfBothSignsAreThoseOfTheSortedDraws() {
        int n = 1001;
        double[] draws = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            draws[i] = Math.sin(i * 12.9898) * 1e3;
            weights[i] = 1.0 / n;
        }
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        double[] out = new double[3];
        quantiles.at(draws, 0, weights, n, new double[] {0.5 / n + 1e-15, 500.5 / n, 1000.5 / n - 1e-12}, out);
        assertThat(out[0]).isCloseTo(sorted[0], within(1e-6));
        assertThat(out[1]).isCloseTo(sorted[500], within(1e-6));
        assertThat(out[2]).isCloseTo(sorted[1000], within(1e-6));
    }
}
