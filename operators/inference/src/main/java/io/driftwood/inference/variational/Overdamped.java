package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;

/**
 * Overdamped Langevin with Euler's step in both directions, S the score of bridge k:
 * <pre>
 *   F  z+ = z + e S(z) + sqrt(2e) xi        B  z ~ N(z+ + e S(z+), 2e)
 *   log B - log F = |xi|^2/2 - |D|^2/(4e),   D = z - z+ - e S(z+)
 * </pre>
 */
final class Overdamped implements Dynamics {

    @Override
    public boolean hasMomentum() { return false; }

    @Override
    public void forward(Leg leg, double[] logWeight, Scratch scratch) {
        int mark = scratch.mark();
        double e = leg.step;
        double spread = Math.sqrt(2 * e);
        double[] s = scratch.take(leg.length());
        double[] miss = scratch.take(leg.length());
        leg.fromBridgeScore(s);
        for (int i = 0; i < leg.length(); i++) {
            leg.to.values[i] = leg.from.values[i] + e * s[i] + spread * leg.noise[i];
        }
        leg.evaluate(scratch);
        miss(leg, s, miss);
        Columns.addSquares(0.5, leg.noise, leg.dimension, leg.stride, logWeight);
        Columns.addSquares(-0.25 / e, miss, leg.dimension, leg.stride, logWeight);
        scratch.release(mark);
    }

    /** D into {@code miss}, and S(z+) into {@code s}. */
    private static void miss(Leg leg, double[] s, double[] miss) {
        leg.toBridgeScore(s);
        for (int i = 0; i < leg.length(); i++) {
            miss[i] = leg.from.values[i] - leg.to.values[i] - leg.step * s[i];
        }
    }

    @Override
    public void reverse(Leg leg, Cotangents bar, Scratch scratch) {
        int mark = scratch.mark();
        double e = leg.step;
        double spread = Math.sqrt(2 * e);
        double[] s = scratch.take(leg.length());
        double[] q = scratch.take(leg.length());
        double[] u = scratch.take(leg.length());
        // q = D / (2e); the backward kernel depends on z+ directly and through S(z+).
        miss(leg, s, q);
        Columns.addSquares(0.25 / (e * e), q, leg.dimension, leg.stride, bar.step);
        for (int i = 0; i < leg.length(); i++) {
            q[i] /= 2 * e;
            u[i] = e * q[i];
            bar.position[i] += q[i];
        }
        Columns.addDots(1, q, s, leg.dimension, leg.stride, bar.step);
        bar.bridge(u, leg, leg.to, leg.toScore);
        bar.settle(leg, leg.to, scratch);
        // z+ = z + e S(z) + sqrt(2e) xi
        leg.fromBridgeScore(s);
        for (int i = 0; i < leg.length(); i++) {
            s[i] += leg.noise[i] / spread;
            u[i] = e * bar.position[i];
        }
        Columns.addDots(1, bar.position, s, leg.dimension, leg.stride, bar.step);
        bar.bridge(u, leg, leg.from, leg.fromScore);
        for (int i = 0; i < leg.length(); i++) {
            bar.position[i] -= q[i];
        }
        scratch.release(mark);
    }
}
