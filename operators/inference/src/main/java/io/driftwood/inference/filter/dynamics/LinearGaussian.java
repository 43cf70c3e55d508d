package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * A linear-Gaussian model, told by its matrices; its posterior is exact by the Kalman filter, and it is an ordinary model besides, so that
 * every particle filter can be held against the exact answer:
 * <pre>
 *   x_1 ~ N(m, P),   x_t = F x_{t-1} + c + N(0, Q),   y_t = H x_t + N(0, R)
 * </pre>
 */
public interface LinearGaussian extends GaussianDynamics, GaussianObservation {

    /** Moments of the state at the first record: mean d, covariance row-major d x d; every element. */
    void initial(double[] mean, double[] covariance);

    /** F, row-major d x d, and c, length d; every element. The identity and 0 where no time has elapsed. */
    void transition(Moment moment, double[] matrix, double[] shift);

    @Override
    default void drawInitial(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int d = x.dimension;
        double[] mean = scratch.take(d);
        double[] covariance = scratch.take(d * d);
        double[] lower = scratch.take(d * d);
        double[] means = scratch.take(x.length());
        initial(mean, covariance);
        SemidefiniteFactor.lower(covariance, d, lower);
        for (int j = 0; j < d; j++) {
            Arrays.fill(means, j * x.stride, (j + 1) * x.stride, mean[j]);
        }
        Gaussians.draw(means, lower, x, random, step, Purpose.PRIOR, iteration, scratch);
        scratch.release(mark);
    }

    @Override
    default void transitionMean(Particles x, Moment moment, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        int d = x.dimension;
        double[] matrix = scratch.take(d * d);
        double[] shift = scratch.take(d);
        transition(moment, matrix, shift);
        for (int i = 0; i < d; i++) {
            Arrays.fill(out, i * x.stride, (i + 1) * x.stride, shift[i]);
            for (int j = 0; j < d; j++) {
                if (matrix[i * d + j] != 0) {
                    LaneMath.get().axpy(matrix[i * d + j], x.values, j * x.stride, out, i * x.stride, x.stride);
                }
            }
        }
        scratch.release(mark);
    }
}
