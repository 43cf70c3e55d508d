package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;

/**
 * Overdamped Langevin with Euler's step in both directions, S the score of bridge k, s a score network or 0:
 * <pre>
 *   F  z+ = z + e S(z) + sqrt(2e) xi        B  z ~ N(z+ + e S(z+) + e s(z+), 2e)
 *   log B - log F = |xi|^2/2 - |D|^2/(4e),   D = z - z+ - e S(z+) - e s(z+)
 * </pre>
 * What is added to the score of the bridge is part of S; a controlled drift u is S + u forward and S - u backward, which is where a diffusion with the marginals pi_k
 * leads back.
 *
 * <p>Reference for the last: [1] Vargas, Padhy, Blessing and Nuesken (2024), Transport meets variational inference: controlled Monte Carlo diffusions. Differs from [1]: both kernels
 * of a step are on the same bridge.
 */
final class Overdamped implements Dynamics {

    @Override
    public boolean hasMomentum() { return false; }

    @Override
    public void forward(Leg leg, double[] logWeight, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(leg.length());
        double[] miss = scratch.take(leg.length());
        leg.fromBridgeScore(s, scratch);
        for (int i = 0; i < leg.length(); i++) {
            double e = leg.kick[i];
            leg.to.values[i] = leg.from.values[i] + e * s[i] + Math.sqrt(2 * e) * leg.noise[i];
        }
        leg.evaluate(scratch);
        // D / sqrt(2e), then its squares.
        miss(leg, s, miss, scratch);
        for (int i = 0; i < leg.length(); i++) {
            miss[i] /= Math.sqrt(2 * leg.kick[i]);
        }
        Columns.addSquares(0.5, leg.noise, leg.dimension, leg.stride, logWeight);
        Columns.addSquares(-0.5, miss, leg.dimension, leg.stride, logWeight);
        scratch.release(mark);
    }

    /** D into {@code miss}, and S(z+) + s(z+) into {@code s}. */
    private static void miss(Leg leg, double[] s, double[] miss, Scratch scratch) {
        leg.backwardScore(s, scratch);
        if (leg.guide != null) {
            leg.guide.value(leg, leg.to.values, leg.noise, s, miss, scratch);
            for (int i = 0; i < leg.length(); i++) {
                s[i] += miss[i];
            }
        }
        for (int i = 0; i < leg.length(); i++) {
            miss[i] = leg.from.values[i] - leg.to.values[i] - leg.kick[i] * s[i];
        }
    }

    @Override
    public void reverse(Leg leg, Cotangents bar, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(leg.length());
        double[] q = scratch.take(leg.length());
        double[] u = scratch.take(leg.length());
        reverseBackward(leg, bar, s, q, u, scratch);
        bar.settle(leg, leg.to, leg.toScore, scratch);
        // z+ = z + e S(z) + sqrt(2e) xi
        leg.fromBridgeScore(s, scratch);
        for (int i = 0; i < leg.length(); i++) {
            double e = leg.kick[i];
            bar.kick[i] += bar.position[i] * (s[i] + leg.noise[i] / Math.sqrt(2 * e));
            u[i] = e * bar.position[i];
        }
        bar.bridge(u, leg, leg.from, leg.fromScore, scratch);
        for (int i = 0; i < leg.length(); i++) {
            bar.position[i] -= q[i];
        }
        scratch.release(mark);
    }

    /** q = D / (2e); the backward kernel depends on z+ directly, through S(z+) and through s(z+). */
    private static void reverseBackward(Leg leg, Cotangents bar, double[] s, double[] q, double[] u, Scratch scratch) {
        miss(leg, s, q, scratch);
        for (int i = 0; i < leg.length(); i++) {
            double e = leg.kick[i];
            q[i] /= 2 * e;
            // |D|^2/(4e) = e q^2
            bar.kick[i] += q[i] * (s[i] + q[i]);
            u[i] = e * q[i];
            bar.position[i] += q[i];
        }
        if (leg.guide != null) {
            int mark = scratch.mark();
            double[] score = scratch.take(leg.length());
            double[] cotangent = scratch.take(leg.length());
            leg.backwardScore(score, scratch);
            System.arraycopy(u, 0, cotangent, 0, leg.length());
            leg.guide.reverse(leg, leg.to.values, leg.noise, score, cotangent, bar.position, null, u, bar.share, scratch);
            scratch.release(mark);
        }
        bar.bridge(u, leg.backwardSign, leg, leg.to, leg.toScore, scratch);
    }
}
