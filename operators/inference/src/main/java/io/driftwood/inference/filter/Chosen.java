package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.SystematicResampler;

/** Equally weighted states from a weighted population. */
final class Chosen {

    private static final SystematicResampler SYSTEMATIC = new SystematicResampler();

    private Chosen() {}

    /** Indices of {@code count} particles, chosen by their weights (systematic). */
    static void indices(PosteriorState state, int count, int[] chosen, Scratch scratch) {
        int mark = scratch.mark();
        int n = state.weights.size;
        SYSTEMATIC.resample(state.weights.normalised, n, chosen, count, state.randomness(), state.step, -1, scratch.take(2 * (n + count) + 16));
        scratch.release(mark);
    }

    /** The first columns of the particles chosen, as many as {@code out} has. */
    static void copy(Particles x, int[] chosen, Particles out) {
        for (int j = 0; j < out.dimension; j++) {
            for (int k = 0; k < out.size; k++) {
                out.values[j * out.stride + k] = x.values[j * x.stride + chosen[k]];
            }
        }
        out.pad();
    }
}
