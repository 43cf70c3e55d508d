package io.driftwood.inference.transition;

import io.driftwood.inference.particle.Particles;

/**
 * What a transition moves: positions with their cached log-density and score under the current target.
 *
 * @param logDensity length stride
 * @param score length d*stride, columns as the particles
 */
public record Cloud(Particles particles, double[] logDensity, double[] score) {}
