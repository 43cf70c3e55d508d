package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/** Measurements that are linear in the state, with Gaussian noise: y = H x + N(0, R). */
public interface GaussianObservation extends StateSpaceModel {

    /** H, row-major channels x d, and R, row-major channels x channels; every element. R is positive definite. */
    void observation(Moment moment, double[] matrix, double[] covariance);

    @Override
    default void addLogObservation(Particles x, double[] y, Moment moment, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        int channels = channels().size();
        double[] matrix = scratch.take(channels * x.dimension);
        double[] covariance = scratch.take(channels * channels);
        double[] present = scratch.take(channels);
        observation(moment, matrix, covariance);
        int count = PresentChannels.select(y, channels, x.dimension, matrix, covariance, present);
        Gaussians.addLogLinear(x, present, count, matrix, covariance, logDensity, score, scratch);
        scratch.release(mark);
    }

    @Override
    default void drawObservation(Particles x, Moment moment, double[] out, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int channels = channels().size();
        double[] matrix = scratch.take(channels * x.dimension);
        double[] covariance = scratch.take(channels * channels);
        double[] lower = scratch.take(channels * channels);
        double[] noise = scratch.take(channels * x.stride);
        observation(moment, matrix, covariance);
        SemidefiniteFactor.lower(covariance, channels, lower);
        random.normals(step, Purpose.SIMULATE, iteration, noise, 0, channels * x.stride);
        LaneMath.get().lowerTimesColumns(lower, channels, noise, out, x.stride, x.stride);
        for (int c = 0; c < channels; c++) {
            for (int j = 0; j < x.dimension; j++) {
                LaneMath.get().axpy(matrix[c * x.dimension + j], x.values, j * x.stride, out, c * x.stride, x.stride);
            }
        }
        scratch.release(mark);
    }
}
