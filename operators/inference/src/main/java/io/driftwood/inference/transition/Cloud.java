package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/**
 * What a transition moves: positions with their cached log-density and score under the current target.
 *
 * @param logDensity length at least stride
 * @param score length at least d*stride, columns as the particles
 */
public record Cloud(Particles particles, double[] logDensity, double[] score) {

    /** A cloud of the same shape over borrowed buffers: gone at the next release of the scratch. */
    static Cloud borrowed(Particles like, Scratch scratch) {
        return new Cloud(new Particles(like.size, like.dimension, scratch.take(like.length())), scratch.take(like.stride), scratch.take(like.length()));
    }
}
