package io.driftwood.inference.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proximal samplers on Gaussians, where all is known. z-tests at |z| &lt; 5.5: false alarm 4e-8 each. */
class ProximalTest {

    private static final int N = 100_000;

    private static GaussianTarget standard(int d, double sd) {
        double[] lower = new double[d * d];
        for (int j = 0; j < d; j++) {
            lower[j * d + j] = sd;
        }
        return new GaussianTarget(new double[d], lower);
    }

    private static Particles draws(GaussianTarget target, int n) {
        Particles x = new Particles(n, target.dimension());
        target.sample(x, Randomness.of(3, "start"), 1, Purpose.START, 0, new Scratch());
        return x;
    }

    private static Tuning unit(double step, int d) {
        double[] lower = new double[d * d];
        for (int j = 0; j < d; j++) {
            lower[j * d + j] = 1;
        }
        return Moves.tuning(step, lower);
    }

    /** ((1/e + M)/(1/e - M))^(d/2) where the curvature is M, which is the worst; 1.73 for d = 1. */
    @ParameterizedTest
    @CsvSource({"1, 1.7320508", "2, 3", "3, 2.8284271", "10, 2.7274091"})
    void proposals_areAsManyAsTheBoundSays(int d, double expected) {
        GaussianTarget target = standard(d, 1);
        ProximalRejection kernel = new ProximalRejection(1);
        MoveInfo info = new Moves(kernel, target, unit(kernel.initialStepSize(d), d), draws(target, N), 2).move(1).info;
        // Geometric counts: standard deviation sqrt(m (m - 1)).
        double z = (info.proposals / (double) N - expected) / Math.sqrt(expected * (expected - 1) / N);
        assertThat(Math.abs(z)).isLessThan(5.5);
        assertThat(info.boundViolations).isZero();
        assertThat(info.evaluations).isLessThan(20);
    }

    /** x' = x s^2/(s^2 + e) + noise, stationary N(0, s^2). */
    @ParameterizedTest
    @CsvSource({"0.7, 1e-4", "1.3, 1e-4", "0.7, 1e9", "1.3, 1e9"})
    void moves_areAnAutoregression_howeverRoughTheCentre(double sd, double near) {
        GaussianTarget target = standard(2, sd);
        ProximalRejection kernel = new ProximalRejection(1 / (sd * sd), near);
        double e = kernel.initialStepSize(2);
        Particles x = draws(target, N);
        double[] before = x.values.clone();
        new Moves(kernel, target, unit(e, 2), x, 2).move(1);
        double cross = 0;
        double squares = 0;
        double after = 0;
        for (int i = 0; i < N; i++) {
            cross += before[i] * x.values[i] / N;
            squares += before[i] * before[i] / N;
            after += x.values[i] * x.values[i] / N;
        }
        double slope = sd * sd / (sd * sd + e);
        double noise = sd * sd * (1 - slope * slope);
        assertThat(Math.abs(cross / squares - slope) / Math.sqrt(noise / (squares * N))).isLessThan(5.5);
        assertThat(Math.abs(after / (sd * sd) - 1) / Math.sqrt(2.0 / N)).isLessThan(5.5);
    }

    /** With many inner steps the Metropolis form is the same autoregression. */
    @Test
    void metropolisForm_endsAtTheSameAutoregression() {
        GaussianTarget target = standard(1, 1.3);
        Particles x = draws(target, N);
        double[] before = x.values.clone();
        ProximalMetropolis kernel = new ProximalMetropolis(0.8, 40);
        new Moves(kernel, target, unit(kernel.initialStepSize(1), 1), x, 2).move(1);
        double cross = 0;
        double squares = 0;
        for (int i = 0; i < N; i++) {
            cross += before[i] * x.values[i];
            squares += before[i] * before[i];
        }
        double slope = 1.69 / (1.69 + 0.8);
        assertThat(Math.abs(cross / squares - slope) / Math.sqrt((1 - slope * slope) / N)).isLessThan(5.5);
    }

    /** Curvature of 2 upwards, as at a saddle, is what breaks a bound; a sharper top only costs proposals. */
    @ParameterizedTest
    @CsvSource({"0.8", "0.1"})
    void aWrongBound_isCountedAndRaised(double smoothness) {
        ProximalRejection kernel = new ProximalRejection(smoothness);
        Tuning tuning = unit(kernel.initialStepSize(3), 3);
        Moves moves = new Moves(kernel, new SaddleTarget(), tuning, new Particles(512, 3), 2).move(12);
        assertThat(moves.info.boundViolations).isPositive();
        assertThat(1 / (3 * tuning.stepSize)).as("the bound it has come to").isBetween(1.5, 13.0);
        assertThat(moves.info.acceptance()).isLessThan(1);
        moves.info.clear();
        tuning.stepSize = 1 / (3 * 8.0);
        moves.move(20);
        assertThat(moves.info.boundViolations).isZero();
        assertThat(moves.info.acceptance()).isEqualTo(1);
    }

    @Test
    void particlesOfAFinishedMove_haveTheirOwnDensityAndScore() {
        GaussianTarget target = standard(3, 1.3);
        Particles x = draws(target, 700);
        Moves moves = new Moves(new ProximalRejection(1), target, unit(1.0 / 3, 3), x, 2).move(3);
        double[] density = new double[x.stride];
        double[] score = new double[x.length()];
        target.evaluate(x, density, score, new Scratch());
        assertThat(Arrays.copyOf(moves.cloud.logDensity(), 700)).containsExactly(Arrays.copyOf(density, 700));
        assertThat(Arrays.copyOf(moves.cloud.score(), 700)).containsExactly(Arrays.copyOf(score, 700));
    }
}
