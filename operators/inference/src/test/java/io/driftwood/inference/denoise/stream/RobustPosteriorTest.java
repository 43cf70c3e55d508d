package io.driftwood.inference.denoise.stream;

import static io.driftwood.inference.denoise.stream.OneKey.NONE;
import static io.driftwood.inference.denoise.stream.OneKey.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.SummaryOptions;
import io.driftwood.inference.target.GaussianMixture;
import java.util.List;
import java.util.Map;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

class RobustPosteriorTest {

    private static double logStudent(double z, double nu) {
        return Gamma.logGamma(0.5 * (nu + 1)) - Gamma.logGamma(0.5 * nu) - 0.5 * Math.log(nu * Math.PI) - 0.5 * (nu + 1) * Math.log1p(z * z / nu);
    }

    /** Two modes, an outlier, noise in the record: the judge is a quadrature. Six standard errors of the particles, taken as five times independent draws'; a fixed seed. */
    @Test
    void outliers_areBorneAsTheQuadratureSays() {
        OneKey stream = OneKey.of(Map.of("particles", 2048L), SummaryOptions.of("job"), "measurements", List.of("y"), "noise", "s", "prior", DenoisingPosteriorTest.TWO_MODES,
                "channel", Map.of("type", "student-t", "degrees-of-freedom", 3.0));
        double[][] rows = {{1.8, 1.5}, {-40, 1}, {NONE, 1}, {2.6, 2}, {0.4, 1}};
        PosteriorSummary summary = null;
        for (double[] row : rows) {
            summary = stream.next(row);
        }
        double evidence = 0;
        double first = 0;
        double second = 0;
        double right = 0;
        for (double x = -12; x < 12; x += 1e-3) {
            double left = 0.2 * Math.exp(-0.5 * (x + 3) * (x + 3));
            double own = 0.8 * Math.exp(-0.5 * (x - 3) * (x - 3));
            double p = 1e-3 * (left + own) / Math.sqrt(2 * Math.PI);
            for (double[] row : rows) {
                p *= Double.isNaN(row[0]) ? 1 : Math.exp(logStudent((row[0] - x) / row[1], 3)) / row[1];
            }
            evidence += p;
            first += p * x;
            second += p * x * x;
            right += p * own / (left + own);
        }
        double mean = first / evidence;
        double sd = Math.sqrt(second / evidence - mean * mean);
        assertThat(mean(summary, "x[1]")).isCloseTo(mean, within(30 * sd / Math.sqrt(2048)));
        assertThat(mean(summary, "mode[2]")).isCloseTo(right / evidence, within(30 * 0.5 / Math.sqrt(2048)));
        assertThat(summary.logEvidence()).isCloseTo(Math.log(evidence), within(Math.max(0.05, 6 * summary.logEvidenceSe())));
        assertThat(summary.evidenceKind()).isEqualTo("consistent");
        assertThat(sd).isCloseTo(summary.parameters()[0].sd(), within(0.15 * sd));
    }

    @Test
    void whatIsNoMeasurement_isRefused() {
        OneKey stream = OneKey.of(Map.of("particles", 16L), SummaryOptions.of("job"), "measurements", List.of("y"), "noise", "s", "prior", DenoisingPosteriorTest.TWO_MODES,
                "channel", "student-t");
        stream.next(1, 1);
        assertThat(stream.refusal(1, -1)).contains("is -1.0; it must be greater than 0");
        assertThat(stream.refusal(1)).contains("expected 2 values");
        assertThat(stream.refusal(Double.POSITIVE_INFINITY, 1)).contains("a measurement is finite");
        assertThat(stream.state.rejected).isEqualTo(3);
    }

    /** Score and Hessian against central differences of the density and the score. */
    @Test
    void derivatives_agreeWithDifferences() {
        GaussianMixture mixture = GaussianMixture.isotropic(new double[] {1, 2}, new double[][] {{-1, 0}, {2, 1}}, 0.8);
        RobustModel model = new RobustModel(mixture, new MeasurementFields(List.of("a", "b"), List.of(0.5, 2.0), "", io.driftwood.inference.denoise.Channel.NORMAL), 3);
        Rows rows = new Rows(4);
        double[] row = new double[4];
        for (double[] values : new double[][] {{1, NONE}, {-0.3, 4}}) {
            model.encode(values, row);
            rows.append(row, 0.7);
        }
        Particles x = new Particles(5, 2);
        model.samplePrior(x, Randomness.of(3, "x"), 0, new Scratch());
        double[] direction = new double[x.length()];
        double[] product = new double[x.length()];
        java.util.Arrays.fill(direction, 0, x.stride, 0.3);
        java.util.Arrays.fill(direction, x.stride, x.length(), -1.1);
        model.addPriorHessianVector(x, direction, product, new Scratch());
        model.addLikelihoodHessianVector(x, direction, rows, 0, 2, product, new Scratch());
        double[] score = score(model, rows, x, 0, direction);
        double[] ahead = score(model, rows, x, 1e-6, direction);
        double[] behind = score(model, rows, x, -1e-6, direction);
        for (int i = 0; i < 5; i++) {
            double slope = 0.3 * score[i] - 1.1 * score[x.stride + i];
            assertThat((ahead[x.length() + i] - behind[x.length() + i]) / 2e-6).isCloseTo(slope, within(1e-7));
            assertThat((ahead[i] - behind[i]) / 2e-6).isCloseTo(product[i], within(1e-7));
            assertThat((ahead[x.stride + i] - behind[x.stride + i]) / 2e-6).isCloseTo(product[x.stride + i], within(1e-7));
        }
    }

    /** The score at x + step direction, with the log-density after it. */
    private static double[] score(RobustModel model, Rows rows, Particles x, double step, double[] direction) {
        Particles moved = new Particles(x.size, x.dimension);
        for (int at = 0; at < x.length(); at++) {
            moved.values[at] = x.values[at] + step * direction[at];
        }
        double[] logDensity = new double[x.stride];
        double[] score = new double[x.length()];
        model.addLogPrior(moved, logDensity, score, new Scratch());
        model.addLogLikelihood(moved, rows, 0, 2, logDensity, score, new Scratch());
        double[] both = java.util.Arrays.copyOf(score, x.length() + x.stride);
        System.arraycopy(logDensity, 0, both, x.length(), x.stride);
        return both;
    }
}
