package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The 26-dimensional seeds regression against its log-density written out term by term, all constants included. */
class SeedsOracleTest {

    private static final double LOG_GAMMA_OF_A_HUNDREDTH = 4.5994798780;

    private final RandomEffects model = new RandomEffects(21, List.of("r", "n", "plate", "x1", "x2"), 10, 0.01, 0.01);

    @Test
    void parametersHaveTheOrderOfTheReference() {
        List<String> names = model.parameters().parameters().stream().map(Parameter::name).toList();
        assertThat(names).hasSize(26).startsWith("a0", "a1", "a12", "a2", "b1", "b2").endsWith("b21", "tau");
    }

    @Test
    void logDensityIsTheFormula() {
        Rows rows = TestData.encoded("seeds.csv", model);
        Particles theta = new Particles(40, 26);
        Randomness.of(5, "seeds").normals(0, Purpose.USER, 0, theta.values, 0, theta.length());
        double[] density = new double[theta.stride];
        model.addLogPrior(theta, density, null, new Scratch());
        model.addLogLikelihood(theta, rows, 0, rows.count, density, null, new Scratch());
        List<double[]> data = TestData.rows("seeds.csv", List.of("r", "n", "x1", "x2"));
        for (int i = 0; i < theta.size; i++) {
            double[] z = new double[26];
            for (int j = 0; j < 26; j++) {
                z[j] = theta.get(j, i);
            }
            // From the standardised effects that the model moves to b itself: db/dz = e^(-log tau/2) each.
            double logScale = -0.5 * z[25];
            for (int g = 0; g < 21; g++) {
                z[4 + g] *= Math.exp(logScale);
            }
            assertThat(density[i]).isCloseTo(formula(z, data) + 21 * logScale, within(1e-8));
        }
    }

    private static double formula(double[] z, List<double[]> data) {
        double log = 0;
        double effects = 0;
        for (int g = 0; g < 21; g++) {
            double r = data.get(g)[0];
            double n = data.get(g)[1];
            double x1 = data.get(g)[2];
            double x2 = data.get(g)[3];
            double b = z[4 + g];
            double eta = z[0] + z[1] * x1 + z[3] * x2 + z[2] * x1 * x2 + b;
            log += r * eta - n * Math.log1p(Math.exp(eta));
            for (int k = 1; k <= r; k++) {
                log += Math.log((n - r + k) / k);
            }
            effects += b * b;
        }
        double squares = z[0] * z[0] + z[1] * z[1] + z[2] * z[2] + z[3] * z[3];
        double logTau = z[25];
        double tau = Math.exp(logTau);
        return log - squares / 200 - 4 * Math.log(10 * Math.sqrt(2 * Math.PI))
                - tau * effects / 2 + 21.0 / 2 * (logTau - Math.log(2 * Math.PI))
                + 0.01 * Math.log(0.01) - LOG_GAMMA_OF_A_HUNDREDTH + 0.01 * logTau - 0.01 * tau;
    }
}
