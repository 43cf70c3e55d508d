package io.driftwood.inference.variational;

import io.driftwood.inference.particle.Particles;

/**
 * States of the paths, one slot for each of z_1..z_(K+1): columns of positions, scores of the target, momenta and refreshed momenta. A tape that is not kept
 * has two slots, used in turn: what sampling needs. 4 d (K+1) numbers a path when kept.
 */
final class Tape {

    private final Particles[] positions;
    private final double[][] scores;
    private final double[][] momenta;
    private final double[][] refreshed;

    Tape(int size, int dimension, int bridges, boolean kept) {
        int slots = kept ? bridges + 1 : 2;
        int length = dimension * Particles.strideOf(size);
        this.positions = new Particles[slots];
        this.scores = new double[slots][length];
        this.momenta = new double[slots][length];
        this.refreshed = new double[slots][length];
        for (int k = 0; k < slots; k++) {
            positions[k] = new Particles(size, dimension);
        }
    }

    Particles position(int k) { return positions[k % positions.length]; }

    double[] score(int k) { return scores[k % scores.length]; }

    double[] momentum(int k) { return momenta[k % momenta.length]; }

    /** Puts the leg on its step from state k to state k + 1. */
    void place(Leg leg, int k) {
        leg.index = k;
        leg.from = position(k);
        leg.to = position(k + 1);
        leg.fromScore = score(k);
        leg.toScore = score(k + 1);
        leg.fromMomentum = momentum(k);
        leg.toMomentum = momentum(k + 1);
        leg.refreshed = refreshed[k % refreshed.length];
    }
}
