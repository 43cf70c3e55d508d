package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.Cholesky;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.WeightedMoments;
import java.util.Arrays;

/**
 * Weights of fresh draws calibrated to what is known of their law: under any smooth density the score has mean zero (Stein's
 * identity), so equal weights 1/N are tilted by the least amount (in relative entropy) that makes it so in the sample:
 * <pre>   v_i proportional to e^(-lambda . s_i)   with   sum_i v_i s_i = 0   </pre>
 * To first order an average under v is the average under 1/N minus its regression on the score: a control variate for every
 * quantity at once. Of a Gaussian posterior the mean becomes exact; of a log-linear likelihood ratio G with CV^2 = c the variance
 * falls from c/N to (c - log(1 + c))/N. Bias O(1/N).
 *
 * <p>Newton's method on the convex dual log sum e^(-lambda . s_i); O(N d^2) once per step of it. References: [1] Assaraf and Caffarel (1999) and
 * Mira, Solgi and Imparato (2013), zero-variance control variates; [2] Hainmueller (2012), entropy balancing, for the form of the weights.
 * Differs from [1]: the control variate is a reweighting, so that it acts on evidence, moments and quantiles alike.
 */
final class SteinCalibration {

    private static final int MAX_STEPS = 4;
    /** Squared mean score, in units of its standard deviation, that is zero enough. */
    private static final double CONVERGED = 1e-12;
    /** Scores with tails so heavy that the tilt would cost this much of the sample tell nothing. */
    private static final double LEAST_ESS = 0.6;

    private final Cholesky cholesky = new Cholesky();

    /**
     * Overwrites the weights of an equally weighted population by calibrated ones, or leaves them equal where that is not sound.
     *
     * @param score at the particles, columns
     */
    void calibrate(Particles x, double[] score, LogWeights weights, Scratch scratch) {
        int d = x.dimension;
        if (x.size < 10 * d) {
            return;
        }
        int mark = scratch.mark();
        double[] lambda = scratch.take(d);
        double[] mean = scratch.take(d);
        double[] covariance = scratch.take(d * d);
        Arrays.fill(lambda, 0, d, 0.0);
        boolean sound = true;
        for (int step = 0; step < MAX_STEPS && sound; step++) {
            WeightedMoments.mean(score, d, x.stride, weights.normalised, x.size, mean);
            // The matrix of the step before tells well enough whether another one is needed.
            if (step > 0 && decrement(mean, d, scratch) < CONVERGED) {
                break;
            }
            WeightedMoments.covariance(score, d, x.stride, weights.normalised, x.size, mean, covariance, scratch);
            sound = cholesky.decompose(covariance, d);
            if (sound) {
                cholesky.solve(mean);
                LaneMath.get().axpy(1, mean, 0, lambda, 0, d);
                tilt(x, score, lambda, weights);
                sound = weights.effectiveSampleSize() >= LEAST_ESS * x.size;
            }
        }
        if (!sound) {
            weights.setUniform();
        }
        scratch.release(mark);
    }

    /** m^T C^-1 m, C as decomposed last. */
    private double decrement(double[] mean, int d, Scratch scratch) {
        int mark = scratch.mark();
        double[] white = scratch.take(d);
        System.arraycopy(mean, 0, white, 0, d);
        cholesky.solveLower(white);
        double squares = LaneMath.get().dot(white, 0, white, 0, d);
        scratch.release(mark);
        return squares;
    }

    private static void tilt(Particles x, double[] score, double[] lambda, LogWeights weights) {
        LaneMath math = LaneMath.get();
        Arrays.fill(weights.log, 0, x.size, 0.0);
        for (int j = 0; j < x.dimension; j++) {
            math.axpy(-lambda[j], score, j * x.stride, weights.log, 0, x.size);
        }
        weights.normalise();
    }
}
