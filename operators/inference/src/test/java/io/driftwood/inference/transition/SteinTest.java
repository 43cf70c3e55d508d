package io.driftwood.inference.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import org.junit.jupiter.api.Test;

class SteinTest {

    private static final double[] LOWER = {2, 0, 0.5, 1.5};

    private static double mean(Particles x, int j) {
        double sum = 0;
        for (int i = 0; i < x.size; i++) {
            sum += x.get(j, i) / x.size;
        }
        return sum;
    }

    private static double covariance(Particles x, int j, int k) {
        double sum = 0;
        for (int i = 0; i < x.size; i++) {
            sum += (x.get(j, i) - mean(x, j)) * (x.get(k, i) - mean(x, k)) / x.size;
        }
        return sum;
    }

    /** One step of three particles, by the sums of the definition. */
    @Test
    void step_isTheDefinition() {
        GaussianTarget target = new GaussianTarget(new double[] {1, -2}, LOWER);
        Particles x = new Particles(11, 2);
        target.sample(x, Randomness.of(1, "start"), 1, Purpose.START, 0, new Scratch());
        double[] lower = {1.1, 0, -0.4, 0.8};
        double[][] u = new double[11][2];
        double[][] s = new double[11][2];
        Moves moves = new Moves(new Stein(0.3), target, Moves.tuning(0.3, lower), x, 1);
        for (int i = 0; i < 11; i++) {
            u[i][0] = x.get(0, i) / 1.1;
            u[i][1] = (x.get(1, i) + 0.4 * u[i][0]) / 0.8;
            double a = moves.cloud.score()[i];
            double b = moves.cloud.score()[x.stride + i];
            s[i][0] = 1.1 * a - 0.4 * b;
            s[i][1] = 0.8 * b;
        }
        double[] white = new double[x.length()];
        for (int i = 0; i < 11; i++) {
            white[i] = u[i][0];
            white[x.stride + i] = u[i][1];
        }
        double width = Stein.bandwidth(x, white, new Scratch());
        double total = 0;
        double[][] f = new double[11][2];
        for (int i = 0; i < 11; i++) {
            for (int j = 0; j < 11; j++) {
                double k = Math.exp(-(Math.pow(u[i][0] - u[j][0], 2) + Math.pow(u[i][1] - u[j][1], 2)) / width);
                total += k / 121;
                for (int c = 0; c < 2; c++) {
                    f[i][c] += (k * s[j][c] + 2 / width * (u[i][c] - u[j][c]) * k) / 11;
                }
            }
        }
        double[] before = x.values.clone();
        moves.move(1);
        for (int i = 0; i < 11; i++) {
            double length = Math.hypot(f[i][0], f[i][1]) / total;
            double first = 0.3 * f[i][0] / total / (1 + 0.3 * length);
            double second = 0.3 * f[i][1] / total / (1 + 0.3 * length);
            assertThat(x.get(0, i)).isCloseTo(before[i] + 1.1 * first, within(1e-12));
            assertThat(x.get(1, i)).isCloseTo(before[x.stride + i] - 0.4 * first + 0.8 * second, within(1e-12));
        }
    }

    /** A population symmetric about the mean of a symmetric target stays so: its mean is exact. */
    @Test
    void symmetricPopulations_keepTheMean() {
        GaussianTarget target = new GaussianTarget(new double[] {1, -2}, LOWER);
        Particles x = new Particles(100, 2);
        double[] z = new double[100];
        Randomness.of(1, "start").normals(1, Purpose.START, 0, z, 0, 100);
        for (int i = 0; i < 50; i++) {
            x.set(0, 2 * i, 1 + 3 * z[i]);
            x.set(0, 2 * i + 1, 1 - 3 * z[i]);
            x.set(1, 2 * i, -2 + 0.2 * z[50 + i]);
            x.set(1, 2 * i + 1, -2 - 0.2 * z[50 + i]);
        }
        x.pad();
        new Moves(new Stein(0.3), target, Moves.tuning(0.3, LOWER), x, 1).move(100);
        assertThat(mean(x, 0)).isCloseTo(1, within(1e-9));
        assertThat(mean(x, 1)).isCloseTo(-2, within(1e-9));
    }

    /** From a start that is off by five deviations. */
    @Test
    void populations_convergeToTheMomentsOfAGaussian() {
        GaussianTarget target = new GaussianTarget(new double[] {1, -2}, LOWER);
        Particles x = new Particles(300, 2);
        new GaussianTarget(new double[] {11, 5}, new double[] {1, 0, 0, 1}).sample(x, Randomness.of(1, "start"), 1, Purpose.START, 0, new Scratch());
        new Moves(new Stein(0.3), target, Moves.tuning(0.3, LOWER), x, 1).move(600);
        assertThat(mean(x, 0)).isCloseTo(1, within(0.02));
        assertThat(mean(x, 1)).isCloseTo(-2, within(0.02));
        assertThat(covariance(x, 0, 0)).isBetween(0.85 * 4, 1.02 * 4);
        assertThat(covariance(x, 1, 1)).isBetween(0.85 * 2.5, 1.02 * 2.5);
        assertThat(covariance(x, 0, 1)).isCloseTo(1, within(0.2));
    }

    /** The bias it states: with as many dimensions as a tenth of the particles the variance is far too small. */
    @Test
    void highDimension_losesVariance() {
        int d = 20;
        double[] unit = new double[d * d];
        for (int j = 0; j < d; j++) {
            unit[j * d + j] = 1;
        }
        GaussianTarget target = new GaussianTarget(new double[d], unit);
        Particles x = new Particles(200, d);
        target.sample(x, Randomness.of(1, "start"), 1, Purpose.START, 0, new Scratch());
        new Moves(new Stein(0.3), target, Moves.tuning(0.3, unit), x, 1).move(300);
        assertThat(covariance(x, 3, 3)).isBetween(0.1, 0.9);
    }
}
