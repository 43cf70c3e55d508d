package io.driftwood.inference.transition;

import io.driftwood.inference.particle.Particles;

/**
 * What a transition moves: positions with their cached log-density (length stride) and score (d*stride, columns as the
 * particles) under the current target, and the columns of auxiliary variables of transitions that have them. Owned by an operator instance and laid over one key's particles after the other.
 */
public final class Cloud {

    private Particles particles;
    private double[] logDensity = new double[0];
    private double[] score = new double[0];
    private double[] auxiliary = new double[0];

    /** Over these particles from now on; the cached density and score are undefined until evaluated. */
    public Cloud over(Particles particles) {
        this.particles = particles;
        if (logDensity.length < particles.stride) {
            logDensity = new double[particles.stride];
        }
        if (score.length < particles.length()) {
            score = new double[particles.length()];
        }
        return this;
    }

    /** Over own particles of the same shape as these: a place for proposals. */
    public Cloud like(Particles other) {
        if (particles == null || particles.size != other.size || particles.dimension != other.dimension) {
            over(new Particles(other.size, other.dimension));
        }
        return this;
    }

    /** With room for so many columns of auxiliary variables, whose contents {@link Transition#refresh} then defines. */
    public Cloud withAuxiliaries(int columns) {
        if (auxiliary.length < columns * particles.stride) {
            auxiliary = new double[columns * particles.stride];
        }
        return this;
    }

    public Particles particles() { return particles; }

    public double[] logDensity() { return logDensity; }

    public double[] score() { return score; }

    /** Columns of auxiliary variables, strided as the particles: {@link Transition#auxiliaries} of them after a refresh. */
    public double[] auxiliary() { return auxiliary; }
}
