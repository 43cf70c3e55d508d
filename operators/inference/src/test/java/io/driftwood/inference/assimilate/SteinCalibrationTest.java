package io.driftwood.inference.assimilate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import org.junit.jupiter.api.Test;

class SteinCalibrationTest {

    private static final int N = 500;
    private final GaussianTarget target = new GaussianTarget(new double[] {3, -1, 40}, new double[] {1, 0, 0, 0.5, 2, 0, -3, 1, 9});
    private final Particles x = new Particles(N, 3);
    private final double[] score = new double[x.length()];
    private final LogWeights weights = new LogWeights(N);
    private final Scratch scratch = new Scratch();

    private void draw() {
        target.sample(x, Randomness.of(2, "k"), 1, Purpose.START, 0, scratch);
        target.evaluate(x, new double[x.stride], score, scratch);
    }

    @Test
    void calibrate_makesTheMeanScoreZero() {
        draw();
        new SteinCalibration().calibrate(x, score, weights, scratch);
        for (int j = 0; j < 3; j++) {
            assertThat(LaneMath.get().dot(weights.normalised, 0, score, j * x.stride, N)).isCloseTo(0, within(1e-6));
        }
        assertThat(weights.effectiveSampleSize()).isBetween(0.97 * N, 1.0 * N);
    }

    @Test
    void calibrate_makesTheMeanOfGaussianDrawsExact() {
        draw();
        new SteinCalibration().calibrate(x, score, weights, scratch);
        assertThat(LaneMath.get().dot(weights.normalised, 0, x.values, 2 * x.stride, N)).isCloseTo(40, within(1e-4));
    }

    /** 100 evidences of one likelihood ratio G = e^(a.x): their spread falls from c/N to about (c - log(1+c))/N, here by a factor of 4.4 in variance; 2 is asked. */
    @Test
    void calibrate_takesTheLinearPartOffTheNoiseOfAnEvidence() {
        double plain = 0;
        double calibrated = 0;
        double[] u = new double[x.stride];
        // log G = 0.6 (x_0 - 3), variance 0.36: E G = e^0.18.
        for (int run = 0; run < 100; run++) {
            target.sample(x, Randomness.of(run, "k"), 1, Purpose.START, 0, scratch);
            target.evaluate(x, new double[x.stride], score, scratch);
            for (int i = 0; i < x.stride; i++) {
                u[i] = 0.6 * (x.values[i] - 3);
            }
            weights.setUniform();
            plain += Math.pow(weights.reweight(u, 1, new double[x.stride]) - 0.18, 2);
            weights.setUniform();
            new SteinCalibration().calibrate(x, score, weights, scratch);
            calibrated += Math.pow(weights.reweight(u, 1, new double[x.stride]) - 0.18, 2);
        }
        assertThat(calibrated).isLessThan(plain / 2);
    }

    @Test
    void calibrate_leavesEqualWeightsWhereTheScoreIsNoHelp() {
        draw();
        score[7] = Double.NaN;
        new SteinCalibration().calibrate(x, score, weights, scratch);
        assertThat(weights.effectiveSampleSize()).isCloseTo(N, within(1e-9));
        Particles few = new Particles(29, 3);
        LogWeights equal = new LogWeights(29);
        new SteinCalibration().calibrate(few, new double[few.length()], equal, scratch);
        assertThat(equal.effectiveSampleSize()).isCloseTo(29, within(1e-9));
    }
}
