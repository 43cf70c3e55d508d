package io.driftwood.inference.denoise.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.model.PolyGamma;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeanFieldMixtureTest {

    private static final double[][] START = {{-1, 0.5}, {0.5, -0.5}, {1, 1}};

    private static Particles rows(int n) {
        GaussianMixture truth = GaussianMixture.isotropic(new double[] {0.2, 0.5, 0.3}, new double[][] {{-3, 0}, {1, -2}, {3, 2}}, 0.8);
        Particles rows = new Particles(n, 2);
        truth.exactSampler().orElseThrow().sample(rows, Randomness.of(22, "rows"), 0, 0, new Scratch());
        return rows;
    }

    /** For one component the family holds the posterior: the bound is the log-evidence of the conjugate normal. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1.5})
    void oneComponent_isExact(double concentration) {
        Particles rows = rows(37);
        double tau2 = 4;
        double sigma2 = 0.49;
        MeanFieldMixture.Fit fit = new MeanFieldMixture(2, 0.7, concentration, 100, 1e-13).fit(rows, new double[][] {{5, -5}});

        double logEvidence = 0;
        double precision = rows.size / sigma2 + 1 / tau2;
        for (int j = 0; j < 2; j++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < rows.size; i++) {
                sum += rows.get(j, i);
                squares += rows.get(j, i) * rows.get(j, i);
            }
            logEvidence += -0.5 * rows.size * Math.log(2 * Math.PI * sigma2) - 0.5 * Math.log(precision * tau2)
                    - squares / (2 * sigma2) + sum * sum / (2 * sigma2 * sigma2 * precision);
            assertThat(fit.means()[0][j]).isCloseTo(sum / sigma2 / precision, within(1e-12));
        }
        assertThat(fit.variances()[0]).isCloseTo(1 / precision, within(1e-14));
        assertThat(fit.elbo()).isCloseTo(logEvidence, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 5})
    void bound_neverFalls(double concentration) {
        MeanFieldMixture.Fit fit = new MeanFieldMixture(3, 0.8, concentration, 300, 1e-13).fit(rows(500), START);
        assertThat(fit.converged()).isTrue();
        assertThat(fit.elbos()).hasSizeGreaterThan(4);
        for (int k = 1; k < fit.elbos().length; k++) {
            assertThat(fit.elbos()[k] - fit.elbos()[k - 1]).isGreaterThan(-1e-9);
        }
    }

    /** E log p(mu) + E log p(pi) + E log p(c | pi) + E log p(x | c, mu) - E log q, term by term. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.7})
    void bound_isTheExpectationTermByTerm(double concentration) {
        Particles rows = rows(40);
        double tau2 = 9;
        double sigma2 = 0.64;
        MeanFieldMixture.Fit fit = new MeanFieldMixture(3, 0.8, concentration, 7, 0).fit(rows, START);
        int count = 3;
        double[] logPi = new double[count];
        Arrays.fill(logPi, -Math.log(count));
        double bound = 0;
        if (concentration > 0) {
            double[] psi = new double[count + 1];
            double[] alpha = Arrays.copyOf(fit.concentrations(), count + 1);
            alpha[count] = Arrays.stream(fit.concentrations()).sum();
            PolyGamma.digamma(alpha, psi, count + 1);
            bound += logGamma(count * concentration) - count * logGamma(concentration) - logGamma(alpha[count]);
            for (int k = 0; k < count; k++) {
                logPi[k] = psi[k] - psi[count];
                bound += logGamma(alpha[k]) + (concentration - alpha[k]) * logPi[k];
            }
        }
        double[] squares = new double[count];
        for (int k = 0; k < count; k++) {
            squares[k] = 2 * fit.variances()[k] + Arrays.stream(fit.means()[k]).map(m -> m * m).sum();
            bound += -Math.log(2 * Math.PI * tau2) - squares[k] / (2 * tau2) + 1 + Math.log(2 * Math.PI * fit.variances()[k]);
        }
        for (int i = 0; i < rows.size; i++) {
            double x = rows.get(0, i);
            double y = rows.get(1, i);
            double[] logits = new double[count];
            for (int k = 0; k < count; k++) {
                logits[k] = logPi[k] + (x * fit.means()[k][0] + y * fit.means()[k][1]) / sigma2 - squares[k] / (2 * sigma2);
            }
            double max = Arrays.stream(logits).max().orElseThrow();
            double sum = Arrays.stream(logits).map(a -> Math.exp(a - max)).sum();
            for (int k = 0; k < count; k++) {
                double phi = Math.exp(logits[k] - max) / sum;
                double fitOfRow = -Math.log(2 * Math.PI * sigma2)
                        - (x * x + y * y - 2 * (x * fit.means()[k][0] + y * fit.means()[k][1]) + squares[k]) / (2 * sigma2);
                bound += phi > 0 ? phi * (logPi[k] + fitOfRow - Math.log(phi)) : 0;
            }
        }
        assertThat(fit.elbo()).isCloseTo(bound, within(1e-10 * Math.abs(bound)));
    }

    /** 2000 rows, standard errors of the means below 0.05: bounds of six of them, false alarm below 1e-7 with a fixed seed. */
    @Test
    void predictive_isTheMixtureOfTheRows() {
        GaussianMixture learned = new MeanFieldMixture(5, 0.8, 1, 500, 1e-13).fit(rows(2000), START).predictive();
        assertThat(learned.mean(0)).containsExactly(new double[] {-3, 0}, within(0.3));
        assertThat(learned.mean(1)).containsExactly(new double[] {1, -2}, within(0.2));
        assertThat(learned.mean(2)).containsExactly(new double[] {3, 2}, within(0.25));
        assertThat(learned.weights()).containsExactly(new double[] {0.2, 0.5, 0.3}, within(0.07));
        assertThat(learned.covariance(1)[0]).isBetween(0.64, 0.642);
    }

    private static double logGamma(double x) {
        double[] value = {x};
        LaneMath.get().logGamma(value, 0, value, 0, 1);
        return value[0];
    }
}
