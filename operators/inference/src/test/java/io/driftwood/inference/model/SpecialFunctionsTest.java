package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

/** The gamma-like functions of the families against sums, limits and values to many digits. */
class SpecialFunctionsTest {

    private static final double[] X = {1e-6, 0.01, 0.3, 0.5, 1, 1.5, 2, 3.7, 8, 15, 100, 1234.5, 1e6};
    /** To 40 digits by mpmath. */
    private static final double[] DIGAMMA = {
        -1000000.5772140201, -100.56088545786868, -3.502524222200133, -1.9635100260214235, -0.5772156649015329, 0.03648997397857652,
        0.42278433509846713, 1.1671535393615113, 2.01564147795561, 2.6743466616607936, 4.600161852738087, 7.118016231827998,
        13.815510057964191};
    private static final double[] TRIGAMMA = {
        1000000000001.645, 10001.621213528313, 12.245364546107732, 4.934802200544679, 1.6449340668482264, 0.9348022005446793,
        0.6449340668482264, 0.3100378576700383, 0.1331370146940314, 0.0689382278476838, 0.010050166663333571, 0.0008103727271269667,
        1.0000005000001667e-06};
    private static final double[] COUNTS = {0, 1, 2, 8, 9, 15, 16, 17, 18, 40, 1000};

    private final double[] out = new double[16];

    @Test
    void digammaAndTrigammaAgreeWithFortyDigits() {
        PolyGamma.digamma(X, out, X.length);
        for (int i = 0; i < X.length; i++) {
            assertThat(out[i]).as("digamma(%s)", X[i]).isCloseTo(DIGAMMA[i], within(2e-14 * (1 + Math.abs(DIGAMMA[i]))));
        }
        PolyGamma.trigamma(X, out, X.length);
        for (int i = 0; i < X.length; i++) {
            assertThat(out[i]).as("trigamma(%s)", X[i]).isCloseTo(TRIGAMMA[i], within(2e-14 * (1 + TRIGAMMA[i])));
        }
    }

    @Test
    void logGammaHalfStepIsADifferenceOfLogGammas() {
        PolyGamma.logGammaHalfStep(X, out, X.length, new Scratch());
        for (int i = 0; i < X.length; i++) {
            double cancellation = 1e-15 * Math.abs(Gamma.logGamma(X[i]));
            assertThat(out[i]).as("x = %s", X[i])
                    .isCloseTo(Gamma.logGamma(X[i] + 0.5) - Gamma.logGamma(X[i]), within(1e-12 + cancellation));
        }
        PolyGamma.logGammaHalfStep(new double[] {1e12}, out, 1, new Scratch());
        assertThat(out[0]).isCloseTo(0.5 * Math.log(1e12) - 1 / 8e12, within(1e-14));
    }

    /** Against sums over the y factors, which are exact for whole y. */
    @Test
    void gammaRatiosAreSumsOverTheirFactors() {
        double[] alpha = {1e-9, 1e-3, 0.01, 0.2, 1, 2.5, 30, 1e4};
        double[] rise = new double[8];
        double[] bend = new double[8];
        for (double y : COUNTS) {
            GammaRatio.logRising(alpha, y, out, alpha.length, new Scratch());
            GammaRatio.digammaRise(alpha, y, rise, alpha.length, new Scratch());
            GammaRatio.trigammaRise(alpha, y, bend, alpha.length);
            for (int i = 0; i < alpha.length; i++) {
                double log = 0;
                double psi = 0;
                double psi1 = 0;
                for (int k = 0; k < y; k++) {
                    log += Math.log1p(k * alpha[i]);
                    psi += alpha[i] / (1 + k * alpha[i]);
                    psi1 -= alpha[i] / (1 + k * alpha[i]) * (alpha[i] / (1 + k * alpha[i]));
                }
                assertThat(out[i]).as("log, y = %s, alpha = %s", y, alpha[i]).isCloseTo(log, within(1e-14 * (16 + 10 * y + Math.abs(log))));
                assertThat(rise[i]).as("psi, y = %s, alpha = %s", y, alpha[i]).isCloseTo(psi, within(1e-13 * psi));
                assertThat(bend[i]).as("psi', y = %s, alpha = %s", y, alpha[i]).isCloseTo(psi1, within(-1e-12 * psi1));
            }
        }
    }
}
