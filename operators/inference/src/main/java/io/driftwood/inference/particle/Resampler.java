package io.driftwood.inference.particle;

import io.driftwood.inference.random.Randomness;

/**
 * Chooses ancestors so that the expected number of offspring of particle i is {@code count * W_i} (unbiased). O(N + count), allocates nothing.
 */
public interface Resampler {

    /**
     * @param weights normalised weights W, length at least {@code size}
     * @param ancestors out: {@code count} ancestor indices in ascending order
     * @param spare a buffer of at least 2 * (count + size) + 16 numbers
     */
    void resample(double[] weights, int size, int[] ancestors, int count, Randomness random, long step, int iteration, double[] spare);
}
