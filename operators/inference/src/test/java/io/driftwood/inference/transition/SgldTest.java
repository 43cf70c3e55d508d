package io.driftwood.inference.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.NormalKnownVariance;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.PosteriorTarget;
import io.driftwood.inference.target.RowTarget;
import org.junit.jupiter.api.Test;

class SgldTest {

    private static final double S2 = 1.69;

    /** N(0, 1.69) as a sum over rows, whose estimates of the score carry independent noise of variance V = 2 in every particle. */
    private static final class Noisy implements RowTarget {

        private final GaussianTarget inner = new GaussianTarget(new double[1], new double[] {1.3});
        private int call;

        @Override
        public int dimension() { return 1; }

        @Override
        public int rows() { return 1000; }

        @Override
        public void partialScore(Particles x, int[] indices, int count, double factor, double[] score, Scratch scratch) {
            double[] noise = new double[x.stride];
            double[] density = new double[x.stride];
            inner.evaluate(x, density, score, scratch);
            Randomness.of(1, "batches").normals(call++, Purpose.USER, 0, noise, 0, x.stride);
            for (int i = 0; i < x.stride; i++) {
                score[i] += Math.sqrt(2) * noise[i];
            }
        }

        @Override
        public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) { inner.evaluate(x, logDensity, score, scratch); }

        @Override
        public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { inner.hessianVector(x, v, out, scratch); }
    }

    /** (e + e^2 V/4)/(1 - (1 - e/(2 s^2))^2); 100,000 particles, |z| &lt; 5.5, false alarm 4e-8. */
    @Test
    void noisyScores_inflateTheVarianceAsTheFormulaSays() {
        int n = 100_000;
        double e = 0.4;
        Particles x = new Particles(n, 1);
        new Moves(new Sgld(10, false, 0, 10, 0.02), new Noisy(), Moves.tuning(e, 1), x, 4).move(60);
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += x.get(0, i) * x.get(0, i) / n;
        }
        double expected = (e + e * e * 2 / 4) / (1 - (1 - e / (2 * S2)) * (1 - e / (2 * S2)));
        assertThat(Math.abs(squares / expected - 1) / Math.sqrt(2.0 / n)).isLessThan(5.5);
    }

    private static final Model MODEL = new NormalKnownVariance("y", 2.0, 0.0, 3.0);

    private static Rows rows(int n) {
        Rows rows = new Rows(MODEL.rowWidth());
        double[] row = new double[MODEL.rowWidth()];
        for (int r = 0; r < n; r++) {
            MODEL.encode(new double[] {Math.sin(r) * 3 + 1}, row);
            rows.append(row, r % 3 == 0 ? 0.5 : 1);
        }
        return rows;
    }

    @Test
    void partialScore_ofAllRowsIsTheScore() {
        PosteriorTarget target = new PosteriorTarget(MODEL).on(rows(30));
        Particles x = new Particles(11, 1);
        for (int i = 0; i < x.stride; i++) {
            x.values[i] = i - 5;
        }
        int[] all = new int[30];
        for (int r = 0; r < 30; r++) {
            all[r] = r;
        }
        Scratch scratch = new Scratch();
        double[] density = new double[16];
        double[] score = new double[16];
        double[] partial = new double[16];
        target.evaluate(x, density, score, scratch);
        target.partialScore(x, all, 30, 1, partial, scratch);
        for (int i = 0; i < 16; i++) {
            assertThat(partial[i]).isCloseTo(score[i], within(1e-12));
        }
    }

    /** The likelihood's score is linear with one slope for all rows but for their weights: with equal weights the control variate leaves no noise at all. */
    @Test
    void controlVariate_takesAwayTheNoiseOfTheBatch() {
        Rows rows = rows(300);
        java.util.Arrays.fill(rows.weights, 0, 300, 1.0);
        PosteriorTarget target = new PosteriorTarget(MODEL).on(rows);
        assertThat(spread(new Sgld(10, false, 0, 10, 0.02), target)).isGreaterThan(0.05);
        assertThat(spread(new Sgld(10, true, 0, 10, 0.02), target)).isLessThan(1e-12);
    }

    /** Largest distance, over moves from one start, between where the noise alone would carry a particle from the exact step and where it goes. */
    private static double spread(Sgld kernel, PosteriorTarget target) {
        double e = 0.01;
        double largest = 0;
        for (long seed = 0; seed < 20; seed++) {
            Particles x = new Particles(8, 1);
            for (int i = 0; i < 8; i++) {
                x.values[i] = 0.1 * i;
            }
            double[] start = x.values.clone();
            double[] score = new double[8];
            double[] noise = new double[8];
            target.evaluate(x, new double[8], score, new Scratch());
            Randomness.of(seed, "moves").normals(17, Purpose.NOISE, 0, noise, 0, 8);
            new Moves(kernel, target, Moves.tuning(e, 1), x, seed).move(1);
            for (int i = 0; i < 8; i++) {
                largest = Math.max(largest, Math.abs(x.values[i] - start[i] - e / 2 * score[i] - Math.sqrt(e) * noise[i]));
            }
        }
        return largest;
    }

    /** A row stands in the batch with probability b/n: the mean of the estimates over 4000 batches, |z| &lt; 5.5. */
    @Test
    void estimates_areUnbiased() {
        PosteriorTarget target = new PosteriorTarget(MODEL).on(rows(37));
        double e = 0.02;
        double sum = 0;
        double squares = 0;
        int n = 4000;
        for (int seed = 0; seed < n; seed++) {
            Particles x = new Particles(8, 1);
            double[] noise = new double[8];
            Randomness.of(seed, "moves").normals(17, Purpose.NOISE, 0, noise, 0, 8);
            new Moves(new Sgld(5, false, 0, 10, 0.02), target, Moves.tuning(e, 1), x, seed).move(1);
            double estimate = (x.values[0] - Math.sqrt(e) * noise[0]) * 2 / e;
            sum += estimate;
            squares += estimate * estimate;
        }
        double[] score = new double[8];
        target.evaluate(new Particles(8, 1), new double[8], score, new Scratch());
        double mean = sum / n;
        assertThat(Math.abs(mean - score[0]) / Math.sqrt((squares / n - mean * mean) / n)).isLessThan(5.5);
    }

    @Test
    void steps_fallWithTheIteration() {
        GaussianTarget flat = new GaussianTarget(new double[1], new double[] {1e6});
        Particles x = new Particles(8, 1);
        Moves moves = new Moves(new Sgld(10, false, 0.55, 10, 0.02), flat, Moves.tuning(0.2, 1), x, 1).move(30);
        double before = x.values[3];
        moves.move(1);
        double[] noise = new double[8];
        Randomness.of(1, "moves").normals(17, Purpose.NOISE, 30, noise, 0, 8);
        assertThat(x.values[3] - before).isCloseTo(Math.sqrt(0.2 * Math.pow(4, -0.55)) * noise[3], within(1e-8));
    }
}
