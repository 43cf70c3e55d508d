package io.driftwood.inference.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;

/** Against another implementation of the error function. */
class StandardNormalTest {

    @Test
    void cdf_isTheComplementaryErrorFunction() {
        for (double z = -37; z <= 9; z += 0.0137) {
            double exact = 0.5 * Erf.erfc(-z / Math.sqrt(2));
            assertThat(StandardNormal.cdf(z)).as("Phi(%s)", z).isCloseTo(exact, within(1e-12 * exact));
        }
    }

    /** Digits of Abramowitz and Stegun (1964), table 26.1 and 26.2. */
    @Test
    void cdf_isThatOfTheTables() {
        assertThat(StandardNormal.cdf(0)).isEqualTo(0.5);
        assertThat(StandardNormal.cdf(1)).isCloseTo(0.841344746068543, within(1e-15));
        assertThat(StandardNormal.cdf(2)).isCloseTo(0.977249868051821, within(1e-15));
        assertThat(-Math.log10(StandardNormal.cdf(-10))).isCloseTo(23.11805, within(5e-6));
        assertThat(-Math.log10(StandardNormal.cdf(-30))).isCloseTo(197.30921, within(5e-6));
        assertThat(StandardNormal.cdf(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(StandardNormal.cdf(Double.POSITIVE_INFINITY)).isOne();
        assertThat(StandardNormal.cdf(Double.NaN)).isNaN();
    }

    @Test
    void density_isTheSlope() {
        for (double z = -5; z < 5; z += 0.37) {
            assertThat((StandardNormal.cdf(z + 1e-5) - StandardNormal.cdf(z - 1e-5)) / 2e-5).isCloseTo(StandardNormal.density(z), within(1e-9));
        }
    }
}
