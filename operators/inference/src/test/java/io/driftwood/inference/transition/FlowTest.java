package io.driftwood.inference.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowTest {

    private static final double[] LOWER = {1.4, 0, 0, 0.3, 0.75, 0, -0.1, 0.05, 0.34};
    private static final LogGammaTarget TARGET = new LogGammaTarget(0.7, 2.0, 9.0);
    private final Scratch scratch = new Scratch();
    private final Randomness random = Randomness.of(4, "leapfrog");

    private static Cloud cloud(Target target, Particles x) {
        Cloud cloud = new Cloud().over(x);
        target.evaluate(x, cloud.logDensity(), cloud.score(), new Scratch());
        return cloud;
    }

    @ParameterizedTest
    @EnumSource
    void trajectory_isUndoneByReversingTheMomentum(Integrator integrator) {
        Particles x = new Particles(40, 3);
        TARGET.sample(x, 3);
        double[] momentum = new double[x.length()];
        random.normals(1, Purpose.USER, 0, momentum, 0, momentum.length);
        double[] start = momentum.clone();
        Cloud there = new Cloud().like(x);
        Cloud back = new Cloud().like(x);
        Flow.trajectory(integrator, cloud(TARGET, x), there, momentum, TARGET, LOWER, 0.2, 12, scratch);
        assertThat(Math.abs(there.particles().get(0, 5) - x.get(0, 5))).isGreaterThan(1e-3);
        negate(momentum);
        Flow.trajectory(integrator, there, back, momentum, TARGET, LOWER, 0.2, 12, scratch);
        negate(momentum);
        for (int k = 0; k < x.length(); k++) {
            assertThat(back.particles().values[k]).isCloseTo(x.values[k], within(1e-12));
            assertThat(momentum[k]).isCloseTo(start[k], within(1e-12));
        }
    }

    private static void negate(double[] a) {
        for (int k = 0; k < a.length; k++) {
            a[k] = -a[k];
        }
    }

    /** Determinant of the affine map (u, p) to (u', p') on a Gaussian of other shape than L, by its images of the unit vectors. */
    @ParameterizedTest
    @EnumSource
    void trajectory_keepsVolume(Integrator integrator) {
        GaussianTarget target = new GaussianTarget(new double[2], new double[] {2, 0, 0.5, 1.5});
        Particles x = new Particles(8, 2);
        double[] momentum = new double[x.length()];
        x.set(0, 0, 1);
        x.set(1, 1, 1);
        momentum[2] = 1;
        momentum[x.stride + 3] = 1;
        Cloud end = new Cloud().like(x);
        Flow.trajectory(integrator, cloud(target, x), end, momentum, target, new double[] {0.9, 0, 0.4, 0.7}, 0.6, 8, scratch);
        double[][] map = new double[4][4];
        for (int i = 0; i < 4; i++) {
            map[0][i] = end.particles().get(0, i);
            map[1][i] = end.particles().get(1, i);
            map[2][i] = momentum[i];
            map[3][i] = momentum[x.stride + i];
        }
        assertThat(determinant(map)).isCloseTo(1, within(1e-12));
    }

    private static double determinant(double[][] a) {
        if (a.length == 1) {
            return a[0][0];
        }
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            double[][] minor = new double[a.length - 1][a.length - 1];
            for (int r = 1; r < a.length; r++) {
                for (int k = 0, m = 0; k < a.length; k++) {
                    if (k != c) {
                        minor[r - 1][m++] = a[r][k];
                    }
                }
            }
            sum += (c % 2 == 0 ? 1 : -1) * a[0][c] * determinant(minor);
        }
        return sum;
    }

    /** w^2 (1 - d^2 w^2/4) z^2 + p^2 on N(0, 1/w^2). */
    @Test
    void leapfrog_conservesTheShadowEnergyOfAGaussian() {
        double w = 1.7;
        double d = 0.45;
        GaussianTarget target = new GaussianTarget(new double[1], new double[] {1 / w});
        Particles x = new Particles(16, 1);
        target.sample(x, random, 1, Purpose.START, 0, scratch);
        double[] momentum = new double[x.length()];
        random.normals(2, Purpose.USER, 0, momentum, 0, momentum.length);
        Cloud here = cloud(target, x);
        for (int leapfrog = 0; leapfrog < 50; leapfrog++) {
            double[] before = shadow(here.particles(), momentum, w, d);
            Cloud next = new Cloud().like(x);
            Flow.trajectory(Integrator.LEAPFROG, here, next, momentum, target, new double[] {1}, d, 1, scratch);
            double[] after = shadow(next.particles(), momentum, w, d);
            for (int i = 0; i < 16; i++) {
                assertThat(after[i]).isCloseTo(before[i], within(1e-12 * (1 + before[i])));
            }
            here = next;
        }
    }

    private static double[] shadow(Particles x, double[] p, double w, double d) {
        double[] energy = new double[x.size];
        for (int i = 0; i < x.size; i++) {
            energy[i] = w * w * (1 - d * d * w * w / 4) * x.get(0, i) * x.get(0, i) + p[i] * p[i];
        }
        return energy;
    }

    /** Jarzynski's identity of a map that keeps volume: the mean of e^(-dH) over 200,000 exact draws, at |z| &lt; 5.5, false alarm 4e-8. */
    @ParameterizedTest
    @EnumSource
    void energyErrors_averageToOneAtStationarity(Integrator integrator) {
        int n = 200_000;
        Particles x = new Particles(n, 3);
        TARGET.sample(x, 9);
        double[] p = new double[x.length()];
        random.normals(5, Purpose.USER, 0, p, 0, p.length);
        double[] before = energy(cloud(TARGET, x), p);
        Cloud end = new Cloud().like(x);
        Flow.trajectory(integrator, cloud(TARGET, x), end, p, TARGET, LOWER, integrator == Integrator.LEAPFROG ? 0.5 : 0.9, 4, scratch);
        double[] after = energy(end, p);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double ratio = Math.exp(before[i] - after[i]);
            sum += ratio;
            squares += ratio * ratio;
        }
        double mean = sum / n;
        double sd = Math.sqrt(squares / n - mean * mean);
        assertThat(sd).as("energy errors that the test can see").isGreaterThan(0.1);
        assertThat(Math.abs(mean - 1) / (sd / Math.sqrt(n))).isLessThan(5.5);
    }

    private static double[] energy(Cloud cloud, double[] p) {
        Particles x = cloud.particles();
        double[] h = new double[x.size];
        for (int i = 0; i < x.size; i++) {
            h[i] = -cloud.logDensity()[i];
            for (int j = 0; j < x.dimension; j++) {
                h[i] += 0.5 * p[j * x.stride + i] * p[j * x.stride + i];
            }
        }
        return h;
    }

    @Test
    void divergentTrajectories_areCountedAndRejected() {
        GaussianTarget target = new GaussianTarget(new double[1], new double[] {1});
        Particles x = new Particles(16, 1);
        target.sample(x, random, 1, Purpose.START, 0, scratch);
        double[] before = x.values.clone();
        Moves moves = new Moves(new Hmc(1000, Integrator.LEAPFROG, 0, 64), target, Moves.tuning(3.5, 1), x, 1).move(1);
        assertThat(moves.info.divergences).isEqualTo(16);
        assertThat(x.values).isEqualTo(before);
    }
}
