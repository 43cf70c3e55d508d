package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;

/**
 * Underdamped Langevin split into a refreshed momentum and a leapfrog on bridge k, S its score:
 * <pre>
 *   rho' = aF rho + sF xi,   rho'' = rho' + (d/2) S(z),   z+ = z + d rho'',   rho+ = rho'' + (d/2) S(z+)
 *   log B - log F = |xi|^2/2 + n log sF - |D|^2/(2 vB) - (n/2) log vB,   D = rho - aB rho',   n the dimension
 * </pre>
 * The leapfrog can be undone exactly and keeps volumes, so it cancels between F and B.
 */
final class Splitting implements Dynamics {

    @Override
    public boolean hasMomentum() { return true; }

    @Override
    public void forward(Leg leg, double[] logWeight, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(leg.length());
        double[] miss = scratch.take(leg.length());
        Refresh.Coefficients c = leg.refresh;
        double half = 0.5 * leg.step;
        for (int i = 0; i < leg.length(); i++) {
            leg.refreshed[i] = c.keptForward() * leg.fromMomentum[i] + c.spreadForward() * leg.noise[i];
            miss[i] = leg.fromMomentum[i] - c.keptBackward() * leg.refreshed[i];
        }
        MomentumKernel.addLogRatio(leg, miss, logWeight);
        leg.fromBridgeScore(s);
        for (int i = 0; i < leg.length(); i++) {
            leg.toMomentum[i] = leg.refreshed[i] + half * s[i];
            leg.to.values[i] = leg.from.values[i] + leg.step * leg.toMomentum[i];
        }
        leg.evaluate(scratch);
        leg.toBridgeScore(s);
        for (int i = 0; i < leg.length(); i++) {
            leg.toMomentum[i] += half * s[i];
        }
        scratch.release(mark);
    }

    @Override
    public void reverse(Leg leg, Cotangents bar, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(leg.length());
        double[] u = scratch.take(leg.length());
        // rho+ = rho'' + (d/2) S(z+)
        leg.toBridgeScore(s);
        kick(leg, bar, s, u);
        bar.bridge(u, leg, leg.to, leg.toScore);
        bar.settle(leg, leg.to, scratch);
        // z+ = z + d rho''
        leg.fromBridgeScore(s);
        for (int i = 0; i < leg.length(); i++) {
            u[i] = leg.refreshed[i] + 0.5 * leg.step * s[i];
        }
        Columns.addDots(1, bar.position, u, leg.dimension, leg.stride, bar.step);
        for (int i = 0; i < leg.length(); i++) {
            bar.momentum[i] += leg.step * bar.position[i];
        }
        // rho'' = rho' + (d/2) S(z)
        kick(leg, bar, s, u);
        bar.bridge(u, leg, leg.from, leg.fromScore);
        // rho' = aF rho + sF xi, and D
        for (int i = 0; i < leg.length(); i++) {
            u[i] = (leg.fromMomentum[i] - leg.refresh.keptBackward() * leg.refreshed[i]) / leg.refresh.varianceBackward();
        }
        MomentumKernel.reverse(leg, leg.refreshed, u, bar);
        scratch.release(mark);
    }

    /** Step's cotangent, and that of the score, of a half kick by {@code s}. */
    private static void kick(Leg leg, Cotangents bar, double[] s, double[] u) {
        Columns.addDots(0.5, bar.momentum, s, leg.dimension, leg.stride, bar.step);
        for (int i = 0; i < leg.length(); i++) {
            u[i] = 0.5 * leg.step * bar.momentum[i];
        }
    }
}
