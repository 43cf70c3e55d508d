package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * s_k = a_k rho' + c_k S_k(z) + e_k z + f_k, coordinate by coordinate: 4 d numbers a bridge, at the cost of a few multiplications. Exact where the laws on the
 * way are normal with independent coordinates. Without momenta a_k is not used.
 */
final class AffineGuide implements Guide {

    private static final int PIECES = 4;

    private final int dimension;
    private final boolean momentum;
    private final double[] weights;
    private final double[] gradient;

    AffineGuide(int dimension, int bridges, boolean momentum) {
        this.dimension = dimension;
        this.momentum = momentum;
        this.weights = new double[PIECES * dimension * bridges];
        this.gradient = new double[weights.length];
    }

    @Override
    public int parameters() { return weights.length; }

    @Override
    public void initialise(double[] flat, int offset, Randomness random) { Arrays.fill(flat, offset, offset + weights.length, 0); }

    @Override
    public void load(double[] flat, int offset) {
        System.arraycopy(flat, offset, weights, 0, weights.length);
        Arrays.fill(gradient, 0);
    }

    @Override
    public void value(Leg leg, double[] position, double[] rho, double[] score, double[] out, Scratch scratch) {
        int n = leg.stride;
        for (int j = 0; j < dimension; j++) {
            int at = (leg.index * dimension + j) * PIECES;
            double a = momentum ? weights[at] : 0;
            double c = weights[at + 1];
            double e = weights[at + 2];
            double f = weights[at + 3];
            for (int i = j * n; i < (j + 1) * n; i++) {
                out[i] = a * rho[i] + c * score[i] + e * position[i] + f;
            }
        }
    }

    @Override
    public void reverse(Leg leg, double[] position, double[] rho, double[] score, double[] cotangent,
            double[] positionBar, double[] momentumBar, double[] scoreBar, double[] share, Scratch scratch) {
        LaneMath lanes = LaneMath.get();
        int n = leg.stride;
        int mark = scratch.mark();
        double[] counted = scratch.take(n);
        for (int j = 0; j < dimension; j++) {
            int at = (leg.index * dimension + j) * PIECES;
            for (int i = 0; i < leg.size; i++) {
                counted[i] = share[i] * cotangent[j * n + i];
            }
            gradient[at] += momentum ? lanes.dot(counted, 0, rho, j * n, leg.size) : 0;
            gradient[at + 1] += lanes.dot(counted, 0, score, j * n, leg.size);
            gradient[at + 2] += lanes.dot(counted, 0, position, j * n, leg.size);
            gradient[at + 3] += lanes.sum(counted, 0, leg.size);
            for (int i = j * n; i < (j + 1) * n; i++) {
                scoreBar[i] += weights[at + 1] * cotangent[i];
                positionBar[i] += weights[at + 2] * cotangent[i];
            }
            for (int i = j * n; momentum && i < (j + 1) * n; i++) {
                momentumBar[i] += weights[at] * cotangent[i];
            }
        }
        scratch.release(mark);
    }

    @Override
    public void addGradient(double[] flat, int offset) { LaneMath.get().axpy(1, gradient, 0, flat, offset, gradient.length); }
}
