package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Far steps against the closed form of one row of a normal regression, and against integrals. */
class FarStepTest {

    private static final double[] MEAN = {0.3, -1, 2};
    private static final double[] LOWER = {0.5, 0, 0, 0.2, 0.8, 0, -0.3, 0.1, 1.2};
    private static final double[] FEATURES = {1, -0.7, 0.4};
    private static final double RESIDUAL = 9;

    /** The mean moves by |r| sqrt(h)/(1 + h) along the one direction in which the variance falls, to 1/(1 + h), where h = x^T V x. */
    @Test
    void between_seesAMoveAndANarrowingInOneDirection() {
        double[] spread = new double[3];
        double[] covariance = new GaussianTarget(MEAN, LOWER).covariance();
        double h = 0;
        for (int j = 0; j < 3; j++) {
            for (int k = 0; k < 3; k++) {
                spread[j] += covariance[j * 3 + k] * FEATURES[k];
            }
            h += FEATURES[j] * spread[j];
        }
        double[] mean = MEAN.clone();
        for (int j = 0; j < 3; j++) {
            mean[j] += spread[j] * RESIDUAL / (1 + h);
            for (int k = 0; k < 3; k++) {
                covariance[j * 3 + k] -= spread[j] * spread[k] / (1 + h);
            }
        }
        FarStep step = FarStep.between(new GaussianTarget(MEAN, LOWER), GaussianTarget.of(mean, covariance));
        double distance = RESIDUAL * Math.sqrt(h) / (1 + h);
        assertThat(step.distance()).isCloseTo(distance, within(1e-10));
        double[] sd = step.sd().clone();
        int narrowest = sd[0] < Math.min(sd[1], sd[2]) ? 0 : sd[1] < sd[2] ? 1 : 2;
        assertThat(step.shift()[narrowest]).isCloseTo(distance, within(1e-10));
        Arrays.sort(sd);
        assertThat(sd).containsExactly(new double[] {1 / Math.sqrt(1 + h), 1, 1}, within(1e-10));
    }

    /** By the trapezoidal rule, in which the integrand falls to nothing at both ends. */
    @Test
    void conditionalEss_isThatOfEndlessDraws() {
        double[][] cases = {{0, 1}, {1.5, 1}, {0.4, 0.3}, {2, 1.2}};
        for (double[] c : cases) {
            double squares = 0;
            double h = 0.001;
            for (double x = -60; x < 60; x += h) {
                double twiceAfterLessBefore = -(x - c[0]) * (x - c[0]) / (c[1] * c[1]) + 0.5 * x * x;
                squares += h * Math.exp(twiceAfterLessBefore) / (c[1] * c[1]) / Math.sqrt(2 * Math.PI);
            }
            assertThat(new FarStep(new double[] {c[0]}, new double[] {c[1]}).conditionalEss()).isCloseTo(1 / squares, within(1e-9));
        }
        double two = new FarStep(new double[] {1.5, 0.4}, new double[] {1, 0.3}).conditionalEss();
        assertThat(two).isCloseTo(new FarStep(new double[] {1.5}, new double[] {1}).conditionalEss() * new FarStep(new double[] {0.4}, new double[] {0.3}).conditionalEss(), within(1e-15));
        assertThat(new FarStep(new double[] {0}, new double[] {1.5}).conditionalEss()).as("infinite variance").isZero();
    }

    @Test
    void values_comeBack() {
        FarStep step = FarStep.of(new FarStep(new double[] {1, 2}, new double[] {3, 4}).values());
        assertThat(step.shift()).containsExactly(1, 2);
        assertThat(step.sd()).containsExactly(3, 4);
    }

    @Test
    void targets_areANormalForEachLaneInTurn() {
        List<FarStep> steps = List.of(new FarStep(new double[] {4, 0.5}, new double[] {0.5, 1}), new FarStep(new double[] {0, 3}, new double[] {1.1, 0.2}),
                new FarStep(new double[] {2, 2}, new double[] {0.7, 0.9}));
        Particles x = new Particles(11, 2);
        double[] v = new double[x.length()];
        for (int k = 0; k < x.length(); k++) {
            x.values[k] = Math.sin(k);
            v[k] = Math.cos(3 * k);
        }
        double[][] mixed = evaluated(new FarTargets(steps), x, v);
        for (int r = 0; r < 3; r++) {
            double[][] one = evaluated(GaussianTarget.independent(steps.get(r).shift(), steps.get(r).sd()), x, v);
            for (int i = r; i < x.size; i += 3) {
                for (int[] at : new int[][] {{0, i}, {1, i}, {1, x.stride + i}, {2, i}, {2, x.stride + i}}) {
                    assertThat(mixed[at[0]][at[1]]).isCloseTo(one[at[0]][at[1]], within(1e-11));
                }
            }
        }
    }

    private static double[][] evaluated(Target target, Particles x, double[] v) {
        double[][] out = {new double[x.stride], new double[x.length()], new double[x.length()]};
        target.evaluate(x, out[0], out[1], new Scratch());
        target.hessianVector(x, v, out[2], new Scratch());
        return out;
    }
}
