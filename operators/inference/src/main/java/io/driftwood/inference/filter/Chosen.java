package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;

/** Equally weighted states from a weighted population: few of many, in one light pass. */
final class Chosen {

    private Chosen() {}

    /**
     * Indices of {@code count} particles, chosen by their weights at the points (u + k)/count, as systematic resampling does. Sums are not
     * compensated: a boundary may be off by N roundings, which for a summary's draws is nothing.
     */
    static void indices(PosteriorState state, int count, int[] chosen) {
        double[] weights = state.weights.normalised;
        int n = state.weights.size;
        double spacing = LaneMath.get().sum(weights, 0, n) / count;
        double u = state.randomness().uniform(state.step, Purpose.RESAMPLE, -1);
        double cumulative = 0;
        double point = u * spacing;
        int k = 0;
        int last = 0;
        for (int i = 0; i < n && k < count; i++) {
            cumulative += weights[i];
            last = weights[i] > 0 ? i : last;
            while (k < count && point < cumulative) {
                chosen[k++] = i;
                point = (u + k) * spacing;
            }
        }
        while (k < count) {
            chosen[k++] = last;
        }
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
