package io.driftwood.inference.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DistancesTest {

    /** Two states, a = P(0 to 1) = 0.3, b = P(1 to 0) = 0.1: TV(delta_0 P^n, pi) = 0.75 * 0.6^n. */
    @Test
    void aTwoStateChainTendsToItsLawAtTheRateOfItsEigenvalue() {
        double[] law = {1, 0};
        double[] stationary = {0.25, 0.75};
        for (int n = 0; n < 30; n++) {
            double exact = 0.75 * Math.pow(0.6, n);
            assertThat(Distances.totalVariation(law, stationary)).isCloseTo(exact, within(1e-14));
            assertThat(Distances.largestDifference(law, stationary)).isCloseTo(exact, within(1e-14));
            law = new double[] {0.7 * law[0] + 0.1 * law[1], 0.3 * law[0] + 0.9 * law[1]};
        }
    }

    @Test
    void aHistogramHasAShareForEveryCell() {
        double[] shares = Distances.histogram(new double[] {-5, 0, 0.5, 1, 1, 7}, new double[] {0, 1, 2});
        assertThat(shares).containsExactly(new double[] {1.0 / 6, 2.0 / 6, 2.0 / 6, 1.0 / 6}, within(1e-15));
        assertThat(Distances.totalVariation(shares, new double[] {0.25, 0.25, 0.25, 0.25})).isCloseTo(1.0 / 6, within(1e-15));
    }

    /** SciPy's value for sets of different size; a shift moves by itself. */
    @Test
    void theTransportOnALineIsByOrder() {
        assertThat(Distances.wasserstein(new double[] {3, 0, 1}, new double[] {7, 0.5, 2, 2.5})).isCloseTo(1.75, within(1e-14));
        assertThat(Distances.wasserstein(new double[] {1, 2, 3}, new double[] {5, 3, 4})).isCloseTo(2, within(1e-14));
        assertThat(Distances.wasserstein(new double[] {4}, new double[] {4, 4, 4})).isZero();
    }

    @Test
    void normalsAreApartByTheDistanceOfBures() {
        assertThat(Distances.bures(new double[] {1, 0}, new double[] {2, 0.5, 0.5, 1}, new double[] {0, 2}, new double[] {1, -0.3, -0.3, 3}))
                .isCloseTo(2.4350178346303286, within(1e-12));
        // Variances that commute: differences of standard deviations.
        assertThat(Distances.bures(new double[2], new double[] {4, 0, 0, 9}, new double[2], new double[] {1, 0, 0, 0}))
                .isCloseTo(Math.sqrt(1 + 9), within(1e-7));
        double[] same = {2, 0.5, 0.5, 1};
        assertThat(Distances.bures(new double[2], same, new double[2], same)).isCloseTo(0, within(1e-7));
    }
}
