package io.driftwood.inference.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    /** The recursion of Hoffman and Gelman written out for three moves. */
    @Test
    void dualAveraging_isTheRecursion() {
        DualAveraging step = new DualAveraging(0.8, 0.3);
        double[] acceptance = {0.9, 0.2, 0.6};
        double sum = 0;
        double average = 0;
        for (int t = 1; t <= 3; t++) {
            sum += 0.8 - acceptance[t - 1];
            double log = Math.log(3) - Math.sqrt(t) / 0.05 * sum / (t + 10);
            average = Math.pow(t, -0.75) * log + (1 - Math.pow(t, -0.75)) * average;
            assertThat(step.update(acceptance[t - 1])).isCloseTo(Math.exp(log), within(1e-12));
            assertThat(step.average()).isCloseTo(Math.exp(average), within(1e-12));
        }
    }

    /** On a Gaussian with scales 1 to 100: the acceptance rate after the warm-up is the one asked for, and L is near the true factor. */
    @Test
    void warmUp_findsStepAndMass() {
        GaussianTarget target = new GaussianTarget(new double[3], new double[] {1, 0, 0, 5, 10, 0, 0, 30, 100});
        for (Transition transition : new Transition[] {new Mala(), new Hmc(100, Integrator.LEAPFROG, 0, 2)}) {
            Particles x = new Particles(8, 3);
            Tuning tuning = Tuning.initial(transition, 3);
            Moves moves = new Moves(transition, target, tuning, x, 1);
            warm(new WarmUp(transition, 3, true, 1500), moves, tuning, x, 1500);
            double step = tuning.stepSize;
            double[] lower = tuning.lower.clone();
            moves.info.clear();
            moves.move(2000);
            assertThat(moves.info.acceptance()).isBetween(transition.targetAcceptance() - 0.1, transition.targetAcceptance() + 0.1);
            assertThat(lower[0]).isBetween(0.8, 1.25);
            assertThat(lower[4]).isBetween(8.0, 12.5);
            assertThat(lower[8]).isBetween(80.0, 125.0);
            assertThat(lower[3]).isBetween(3.0, 7.0);
            assertThat(tuning.stepSize).isEqualTo(step);
        }
    }

    private static void warm(WarmUp warmUp, Moves moves, Tuning tuning, Particles x, int length) {
        Scratch scratch = new Scratch();
        double before = 0;
        for (int k = 0; k < length; k++) {
            assertThat(warmUp.frozen()).isFalse();
            moves.move(1);
            warmUp.update(x, moves.info.acceptanceSum - before, tuning, scratch);
            before = moves.info.acceptanceSum;
        }
        assertThat(warmUp.frozen()).isTrue();
    }

    @Test
    void afterFreezing_nothingAdapts() {
        Transition transition = new Hmc(1.5, Integrator.TWO_STAGE, 0, 64);
        Tuning tuning = Tuning.initial(transition, 1);
        WarmUp warmUp = new WarmUp(transition, 1, false, 0);
        double step = tuning.stepSize;
        assertThat(warmUp.frozen()).isTrue();
        warmUp.update(new Particles(8, 1), 0.1, tuning, new Scratch());
        assertThat(tuning.stepSize).isEqualTo(step);
        assertThat(tuning.lower[0]).isEqualTo(1);
    }

    /** n/(n + 5) S + 1e-3 5/(n + 5) I over two batches, off the diagonal shrunk by n/(n + d). */
    @Test
    void massOfDraws_isTheRegularisedCovarianceOfAllOfThem() {
        int n = 30;
        double[] z = new double[2 * n];
        Randomness.of(1, "z").normals(1, io.driftwood.inference.random.Purpose.USER, 0, z, 0, 2 * n);
        DrawnMass mass = new DrawnMass(2, true);
        double[] first = new double[n];
        double[] second = new double[n];
        for (int b = 0; b < 2; b++) {
            Particles x = new Particles(15, 2);
            for (int i = 0; i < 15; i++) {
                first[15 * b + i] = 100 + z[15 * b + i];
                second[15 * b + i] = 3 * z[15 * b + i] + z[n + 15 * b + i];
                x.set(0, i, first[15 * b + i]);
                x.set(1, i, second[15 * b + i]);
            }
            x.pad();
            mass.add(x, new Scratch());
        }
        double[] lower = new double[4];
        mass.factor(lower);
        double kept = n / (n + 5.0);
        double ridge = 1e-3 * 5 / (n + 5);
        assertThat(lower[0] * lower[0]).isCloseTo(kept * covariance(first, first) + ridge, within(1e-10));
        assertThat(lower[2] * lower[0]).isCloseTo(kept * covariance(first, second) * n / (n + 2), within(1e-10));
        assertThat(lower[2] * lower[2] + lower[3] * lower[3]).isCloseTo(kept * covariance(second, second) + ridge, within(1e-10));
    }

    private static double covariance(double[] a, double[] b) {
        double ma = java.util.Arrays.stream(a).average().orElseThrow();
        double mb = java.util.Arrays.stream(b).average().orElseThrow();
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - ma) * (b[i] - mb);
        }
        return sum / (a.length - 1);
    }
}
