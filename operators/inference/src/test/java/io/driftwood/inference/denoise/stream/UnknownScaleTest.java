package io.driftwood.inference.denoise.stream;

import static io.driftwood.inference.denoise.stream.OneKey.NONE;
import static io.driftwood.inference.denoise.stream.OneKey.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

class UnknownScaleTest {

    /** Michelson's speeds of light of 1879 with s^2 ~ InverseGamma(2, 12800) and x | s ~ N(700, s^2 / 0.1); numbers from an independent implementation. */
    @Test
    void michelsonWithAPriorInNoise_isExact() throws IOException, URISyntaxException {
        OneKey stream = OneKey.of("measurements", List.of("speed"), "noise", 1.0, "unknown-noise", Map.of("shape", 2.0, "rate", 12_800.0),
                "prior", Map.of("type", "gaussian-in-noise", "mean", List.of(700.0), "worth", 0.1));
        List<String> lines = Files.readAllLines(Path.of(getClass().getResource("/data/michelson_morley_1879.csv").toURI()));
        double sum = 0;
        PosteriorSummary summary = null;
        for (String line : lines.subList(1, lines.size())) {
            summary = stream.next(Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)));
            sum += summary.logEvidenceIncrement();
        }
        assertThat(summary.logEvidence()).isCloseTo(-583.6609451931357, within(1e-8));
        assertThat(sum).isCloseTo(-583.6609451931357, within(1e-8));
        assertThat(mean(summary, "x[1]")).isCloseTo(852.2477522477523, within(1e-9));
        assertThat(summary.parameters()[0].sd()).isCloseTo(7.95390492818556, within(1e-9));
        Quantity scale = OneKey.of(summary, "noise-scale");
        assertThat(scale.sd() * scale.sd() + scale.mean() * scale.mean()).isCloseTo(6332.786821022115, within(1e-6));
        assertThat(scale.quantiles()[0]).isLessThan(scale.mean());
    }

    /**
     * Points under an unknown scale are exact in closed form, however many measurements there are: with S_a the sum of (y - x_a)^2 / rho^2,
     * p(y | a) = prod (2 pi rho^2)^(-1/2) b^a Gamma(a + n/2) / (Gamma(a) (b + S_a/2)^(a + n/2)).
     */
    @Test
    void pointsUnderAnUnknownScale_agreeWithTheClosedForm() {
        double[] points = {-2, 0.5, 6};
        OneKey stream = OneKey.of("measurements", List.of("y"), "noise", "rho", "unknown-noise", Map.of("shape", 1.5, "rate", 0.8),
                "prior", Map.of("type", "atoms", "atoms", List.of(List.of(-2.0), List.of(0.5), List.of(6.0)), "weights", List.of(1.0, 2.0, 3.0)));
        double[] squares = new double[3];
        double logRho = 0;
        double[] z = new double[1];
        for (int n = 1; n <= 3000; n++) {
            Randomness.of(7, "points").normals(n, Purpose.USER, 0, z, 0, 1);
            double rho = 1 + n % 3;
            double y = 2.9 + 4 * rho * z[0];
            PosteriorSummary summary = stream.next(y, rho);
            logRho += Math.log(rho);
            double[] logs = new double[3];
            for (int k = 0; k < 3; k++) {
                squares[k] += (y - points[k]) * (y - points[k]) / (rho * rho);
                logs[k] = Math.log((k + 1) / 6.0) - 0.5 * n * Math.log(2 * Math.PI) - logRho + 1.5 * Math.log(0.8) + Gamma.logGamma(1.5 + 0.5 * n) - Gamma.logGamma(1.5)
                        - (1.5 + 0.5 * n) * Math.log(0.8 + 0.5 * squares[k]);
            }
            double largest = Math.max(logs[0], Math.max(logs[1], logs[2]));
            double sum = Math.exp(logs[0] - largest) + Math.exp(logs[1] - largest) + Math.exp(logs[2] - largest);
            if (n < 40 || n % 500 == 0) {
                assertThat(summary.logEvidence()).as("n = %d", n).isCloseTo(largest + Math.log(sum), within(1e-9 + 1e-13 * n));
                for (int k = 0; k < 3; k++) {
                    assertThat(mean(summary, "mode[" + (k + 1) + "]")).isCloseTo(Math.exp(logs[k] - largest) / sum, within(1e-10 + 1e-12 * n));
                }
            }
        }
    }

    /** A mixture in two dimensions: evidence, moments and quantiles by brute force over x and s, one dimension after the other. */
    @Test
    void mixtureUnderAnUnknownScale_agreesWithQuadrature() {
        OneKey stream = OneKey.of("measurements", List.of("a", "b"), "noise", 1.0, "unknown-noise", Map.of("shape", 2.0, "rate", 1.0), "covariance", true,
                "prior", Map.of("type", "gaussian-mixture", "means", List.of(List.of(-1.0, 0.0), List.of(2.0, 1.0)), "sd", List.of(List.of(0.7), List.of(1.2))));
        double[][] rows = {{0.3, NONE}, {1.2, 0.4}, {-0.6, 1.5}};
        PosteriorSummary summary = null;
        for (double[] row : rows) {
            summary = stream.next(row);
        }
        double evidence = 0;
        double[] first = new double[2];
        double product = 0;
        double scale = 0;
        double below = 0;
        double xBelow = 0;
        Quantity told = OneKey.of(summary, "noise-scale");
        double xMedian = summary.parameters()[0].quantiles()[1];
        for (double t = -4; t < 5; t += 0.01) {
            double s = Math.exp(t);
            for (int k = 0; k < 2; k++) {
                double[] mass = new double[2];
                double[] moment = new double[2];
                double half = 0;
                for (int j = 0; j < 2; j++) {
                    double sd = k == 0 ? 0.7 : 1.2;
                    double centre = k == 0 ? (j == 0 ? -1 : 0) : (j == 0 ? 2 : 1);
                    for (double x = centre - 9 * sd; x < centre + 9 * sd; x += 0.01) {
                        double log = -0.5 * Math.pow((x - centre) / sd, 2) - Math.log(sd * Math.sqrt(2 * Math.PI));
                        for (double[] row : rows) {
                            log += Double.isNaN(row[j]) ? 0 : -0.5 * Math.pow((row[j] - x) / s, 2) - Math.log(s * Math.sqrt(2 * Math.PI));
                        }
                        double p = 0.01 * Math.exp(log);
                        mass[j] += p;
                        moment[j] += p * x;
                        half += j == 0 && x < xMedian ? p : 0;
                    }
                }
                double weight = 0.5 * 0.01 * 2 * Math.exp(-4 * t - Math.exp(-2 * t));
                evidence += weight * mass[0] * mass[1];
                first[0] += weight * moment[0] * mass[1];
                first[1] += weight * mass[0] * moment[1];
                product += weight * moment[0] * moment[1];
                scale += weight * mass[0] * mass[1] * s;
                below += s < told.quantiles()[2] ? weight * mass[0] * mass[1] : 0;
                xBelow += weight * half * mass[1];
            }
        }
        assertThat(summary.logEvidence()).isCloseTo(Math.log(evidence), within(1e-7));
        assertThat(mean(summary, "x[1]")).isCloseTo(first[0] / evidence, within(1e-7));
        assertThat(mean(summary, "x[2]")).isCloseTo(first[1] / evidence, within(1e-7));
        assertThat(mean(summary, "cov[1,2]")).isCloseTo(product / evidence - first[0] * first[1] / (evidence * evidence), within(1e-6));
        assertThat(mean(summary, "cov[1,1]")).isCloseTo(Math.pow(summary.parameters()[0].sd(), 2), within(1e-11));
        assertThat(told.mean()).isCloseTo(scale / evidence, within(1e-5));
        // the sums jump by a step of the grid here
        assertThat(below / evidence).isCloseTo(0.95, within(2e-3));
        assertThat(xBelow / evidence).isCloseTo(0.5, within(5e-3));
    }

    /** With one point the scale's law is an inverse-gamma, whose quantiles are known; early and after many measurements. */
    @Test
    void quantilesOfTheScale_areThoseOfTheInverseGamma() {
        OneKey stream = OneKey.of("measurements", List.of("y"), "noise", 1.0, "unknown-noise", Map.of("shape", 2.0, "rate", 3.0),
                "prior", Map.of("type", "atoms", "atoms", List.of(List.of(1.0))));
        double rate = 3;
        for (int n = 1; n <= 400; n++) {
            double y = 1 + 2 * Math.sin(n);
            rate += 0.5 * (y - 1) * (y - 1);
            Quantity scale = OneKey.of(stream.next(y), "noise-scale");
            if (n == 1 || n == 10 || n == 400) {
                double shape = 2 + 0.5 * n;
                double[] levels = {0.05, 0.5, 0.95};
                for (int q = 0; q < 3; q++) {
                    double at = scale.quantiles()[q];
                    assertThat(Gamma.regularizedGammaQ(shape, rate / (at * at))).as("n = %d", n).isCloseTo(levels[q], within(2e-5));
                }
                double mean = Math.sqrt(rate) * Math.exp(Gamma.logGamma(shape - 0.5) - Gamma.logGamma(shape));
                assertThat(scale.mean()).isCloseTo(mean, within(1e-10));
                assertThat(scale.sd()).isCloseTo(Math.sqrt(rate / (shape - 1) - mean * mean), within(1e-6));
            }
        }
    }

    @Test
    void aCorrectedMeasurement_countsAsCorrected() {
        for (Map<String, ?> prior : List.of(Map.of("type", "gaussian-in-noise", "mean", List.of(0.0), "worth", 1.0), DenoisingPosteriorTest.TWO_MODES)) {
            Object[] options = {"measurements", List.of("y"), "noise", 1.0, "unknown-noise", Map.of("shape", 2.0, "rate", 3.0), "retraction", "wrong", "prior", prior};
            OneKey corrected = OneKey.of(options);
            corrected.next(1, 0);
            corrected.next(70, 0);
            corrected.next(2, 0);
            PosteriorSummary last = corrected.next(70, 1);
            OneKey right = OneKey.of(options);
            right.next(1, 0);
            PosteriorSummary expected = right.next(2, 0);
            assertThat(last.logEvidence()).isCloseTo(expected.logEvidence(), within(1e-9));
            assertThat(last.parameters()[0].mean()).isCloseTo(expected.parameters()[0].mean(), within(1e-9));
            assertThat(corrected.refusal(70, 1)).isNotNull();
        }
    }
}
