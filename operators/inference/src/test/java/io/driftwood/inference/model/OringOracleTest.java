package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The O-ring posterior by quadrature over the model's own unconstrained columns, against an independent quadrature (2401 x 2401 points,
 * half-grid difference below 1e-12). The trapezoid rule on a smooth density that vanishes at the edges converges faster than
 * any power of the spacing.
 */
class OringOracleTest {

    private static final int POINTS = 801;

    private final Scratch scratch = new Scratch();

    @Test
    void properPriorHasItsEvidenceAndMoments() {
        Moments m = quadrature(Oring.proper("failure", "temp_f"));
        assertThat(m.logEvidence).isCloseTo(-15.762133326265701, within(1e-6));
        assertThat(m.alphaMean).isCloseTo(15.180396643863872, within(1e-5));
        assertThat(m.alphaSd).isCloseTo(6.734263382426707, within(1e-5));
        assertThat(m.betaMean).isCloseTo(-0.2350959907748867, within(1e-6));
        assertThat(m.betaSd).isCloseTo(0.09886680317726279, within(1e-6));
        assertThat(m.failureAt31).isCloseTo(0.9820777246293364, within(1e-6));
    }

    @Test
    void lecturePriorHasItsEvidenceAndMoments() {
        Moments m = quadrature(Oring.lecture("failure", "temp_f", Oring.LOG_B));
        assertThat(m.logEvidence).isCloseTo(-14.056328909519696, within(1e-6));
        assertThat(m.alphaMean).isCloseTo(15.090220696841335, within(1e-5));
        assertThat(m.alphaSd).isCloseTo(1.225403219934231, within(1e-5));
        assertThat(m.betaMean).isCloseTo(-0.23375960542926588, within(1e-6));
        assertThat(m.betaSd).isCloseTo(0.019785468451101282, within(1e-6));
        assertThat(m.failureAt31).isCloseTo(0.9994550679287588, within(1e-6));
    }

    @Test
    void lecturePosteriorIsProperOnceThereHaveBeenAFailureAndASuccess() {
        Oring lecture = Oring.lecture("failure", "temp_f", Oring.LOG_B);
        Rows launches = TestData.encoded("oring.csv", lecture);
        Rows seen = new Rows(lecture.rowWidth());
        assertThat(lecture.hasProperPrior()).isFalse();
        assertThat(lecture.isProper(seen)).isFalse();
        seen.append(Arrays.copyOfRange(launches.values, 0, launches.width), 1);
        assertThat(lecture.isProper(seen)).as("after STS-1, a success").isFalse();
        seen.append(Arrays.copyOfRange(launches.values, launches.width, 2 * launches.width), 1);
        assertThat(lecture.isProper(seen)).as("after STS-2, a failure").isTrue();
        seen.weights[1] = 0;
        assertThat(lecture.isProper(seen)).as("a row of weight 0 does not count").isFalse();
        assertThat(Oring.proper("failure", "temp_f").isProper(new Rows(3))).isTrue();
    }

    private record Moments(double logEvidence, double alphaMean, double alphaSd, double betaMean, double betaSd, double failureAt31) {}

    private Moments quadrature(Oring model) {
        Rows rows = TestData.encoded("oring.csv", model);
        double gammaStep = 14.0 / (POINTS - 1);
        double betaStep = 2.2 / (POINTS - 1);
        Particles line = new Particles(POINTS, 2);
        double[] density = new double[line.stride];
        double[] failure = new double[line.stride];
        double[] people = new double[2 * line.stride];
        double[] sums = new double[6];
        double top = -9; // near the largest log-density; any constant will do
        for (int b = 0; b < POINTS; b++) {
            for (int g = 0; g < POINTS; g++) {
                line.set(0, g, -9 + g * gammaStep);
                line.set(1, g, -1.6 + b * betaStep);
            }
            line.pad();
            Arrays.fill(density, 0);
            model.addLogPrior(line, density, null, scratch);
            model.addLogLikelihood(line, rows, 0, rows.count, density, null, scratch);
            model.parameters().constrain(line, people, scratch);
            model.predictMean(line, new double[] {Double.NaN, 31}, failure, scratch);
            for (int g = 0; g < POINTS; g++) {
                double p = Math.exp(density[g] - top);
                double alpha = people[g];
                double beta = people[line.stride + g];
                sums[0] += p;
                sums[1] += p * alpha;
                sums[2] += p * alpha * alpha;
                sums[3] += p * beta;
                sums[4] += p * beta * beta;
                sums[5] += p * failure[g];
            }
        }
        double alpha = sums[1] / sums[0];
        double beta = sums[3] / sums[0];
        return new Moments(top + Math.log(sums[0] * gammaStep * betaStep), alpha, Math.sqrt(sums[2] / sums[0] - alpha * alpha),
                beta, Math.sqrt(sums[4] / sums[0] - beta * beta), sums[5] / sums[0]);
    }
}
