package io.driftwood.inference.variational;

import io.driftwood.inference.particle.Particles;

/**
 * States of the paths, one slot for each of z_1..z_(K+1): columns of positions, scores of the target, momenta, refreshed momenta and the noise of the step from
 * there; 5 d (K+1) numbers a path.
 * A tape with two slots, used in turn, is what sampling needs. One with marks keeps in addition position and momentum of every so many states, so that the
 * others can be found again by undoing steps.
 */
final class Tape {

    private final Particles[] positions;
    private final double[][] scores;
    private final double[][] momenta;
    private final double[][] refreshed;
    private final double[][] noise;
    private final int length;
    private double[][] marks = new double[0][];
    private int spacing = Integer.MAX_VALUE;

    private Tape(int slots, int size, int dimension) {
        this.length = dimension * Particles.strideOf(size);
        this.positions = new Particles[slots];
        this.scores = new double[slots][length];
        this.momenta = new double[slots][length];
        this.refreshed = new double[slots][length];
        this.noise = new double[slots][length];
        for (int k = 0; k < slots; k++) {
            positions[k] = new Particles(size, dimension);
        }
    }

    /** Of all states of paths of so many steps. */
    static Tape whole(int steps, int size, int dimension) { return new Tape(steps + 1, size, dimension); }

    static Tape brief(int size, int dimension) { return new Tape(2, size, dimension); }

    /** From the next run on keeps state 0 and every {@code newSpacing}-th of {@code steps}. */
    void mark(int newSpacing, int steps) {
        spacing = newSpacing;
        int count = (steps + newSpacing - 1) / newSpacing;
        if (marks.length != count) {
            marks = new double[count][2 * length];
        }
    }

    /** States that are kept whole or marked. */
    int kept() { return positions.length + marks.length; }

    Particles position(int k) { return positions[k % positions.length]; }

    double[] score(int k) { return scores[k % scores.length]; }

    double[] momentum(int k) { return momenta[k % momenta.length]; }

    /** Puts the leg on its step from state k to state k + 1. */
    void place(Leg leg, int k) {
        leg.from = position(k);
        leg.to = position(k + 1);
        leg.fromScore = score(k);
        leg.toScore = score(k + 1);
        leg.fromMomentum = momentum(k);
        leg.toMomentum = momentum(k + 1);
        leg.refreshed = refreshed[k % refreshed.length];
        leg.noise = noise[k % noise.length];
    }

    /** Keeps state k if it is one to be kept. */
    void save(int k) {
        if (k % spacing == 0 && k / spacing < marks.length) {
            System.arraycopy(position(k).values, 0, marks[k / spacing], 0, length);
            System.arraycopy(momentum(k), 0, marks[k / spacing], length, length);
        }
    }

    /** Puts a state that was kept in its slot; false for any other. */
    boolean load(int k) {
        if (k % spacing != 0) {
            return false;
        }
        System.arraycopy(marks[k / spacing], 0, position(k).values, 0, length);
        System.arraycopy(marks[k / spacing], length, momentum(k), 0, length);
        return true;
    }
}
