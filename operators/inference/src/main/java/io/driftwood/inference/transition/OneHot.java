package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/** Blocks of categories in one-hot form: laws over the categories of every block and particle, as columns of the particles' shape. */
final class OneHot {

    private OneHot() {}

    /** In place: log-weights become log-probabilities within each block. */
    static void normalise(double[] log, int dimension, int stride, int categories, Scratch scratch) {
        int mark = scratch.mark();
        double[] top = scratch.take(stride);
        double[] sum = scratch.take(stride);
        double[] term = scratch.take(stride);
        LaneMath math = LaneMath.get();
        for (int from = 0; from < dimension; from += categories) {
            Arrays.fill(top, 0, stride, Double.NEGATIVE_INFINITY);
            for (int j = from; j < from + categories; j++) {
                for (int i = 0; i < stride; i++) {
                    top[i] = Math.max(top[i], log[j * stride + i]);
                }
            }
            Arrays.fill(sum, 0, stride, 0.0);
            for (int j = from; j < from + categories; j++) {
                math.axpy(-1, top, 0, log, j * stride, stride);
                math.exp(log, j * stride, term, 0, stride);
                math.axpy(1, term, 0, sum, 0, stride);
            }
            math.log(sum, 0, sum, 0, stride);
            for (int j = from; j < from + categories; j++) {
                math.axpy(-1, sum, 0, log, j * stride, stride);
            }
        }
        scratch.release(mark);
    }

    /**
     * A category for every block, by inversion: the first whose cumulative probability reaches the block's uniform.
     *
     * @param logProbability overwritten
     */
    static void draw(double[] logProbability, Particles next, int categories, Randomness random, long step, Purpose purpose, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int stride = next.stride;
        int blocks = next.dimension / categories;
        double[] uniform = scratch.take(blocks * stride);
        random.uniforms(step, purpose, iteration, uniform, 0, blocks * stride);
        LaneMath.get().exp(logProbability, 0, logProbability, 0, next.length());
        for (int b = 0; b < blocks; b++) {
            for (int i = 0; i < stride; i++) {
                double left = uniform[b * stride + i];
                int chosen = 0;
                while (chosen < categories - 1 && left >= logProbability[(b * categories + chosen) * stride + i]) {
                    left -= logProbability[(b * categories + chosen) * stride + i];
                    chosen++;
                }
                for (int c = 0; c < categories; c++) {
                    next.values[(b * categories + c) * stride + i] = c == chosen ? 1 : 0;
                }
            }
        }
        next.pad();
        scratch.release(mark);
    }
}
