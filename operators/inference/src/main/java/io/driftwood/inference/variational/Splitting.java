package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;

/**
 * Underdamped Langevin split into a refreshed momentum and a leapfrog on bridge k, S its score:
 * <pre>
 *   rho' = aF rho + sF xi,   rho'' = rho' + (d/2) S(z),   z+ = z + d rho'',   rho+ = rho'' + (d/2) S(z+)
 *   log B - log F = |xi|^2/2 + n log sF - |D|^2/(2 vB) - (n/2) log vB,   D = rho - aB rho' - 2 (1 - aB) s(z, rho'),   n the dimension
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
        refresh(leg);
        leg.fromBridgeScore(s, scratch);
        if (leg.draws) {
            miss(leg, s, miss, scratch.take(leg.length()), scratch);
            MomentumKernel.addLogRatio(leg, miss, logWeight);
        }
        kick(leg, leg.refreshed, 0.5, s, leg.toMomentum);
        drift(leg, leg.from.values, leg.toMomentum, 1, leg.to.values);
        leg.evaluate(scratch);
        leg.toBridgeScore(s, scratch);
        kick(leg, leg.toMomentum, 0.5, s, leg.toMomentum);
        scratch.release(mark);
    }

    private static void refresh(Leg leg) {
        Refresh.Coefficients c = leg.refresh;
        for (int i = 0; i < leg.length(); i++) {
            leg.refreshed[i] = c.keptForward() * leg.fromMomentum[i] + c.spreadForward() * leg.noise[i];
        }
    }

    /** D = rho - aB rho' - 2 (1 - aB) s(z, rho'). */
    private static void miss(Leg leg, double[] bridgeScore, double[] miss, double[] learned, Scratch scratch) {
        for (int i = 0; i < leg.length(); i++) {
            miss[i] = leg.fromMomentum[i] - leg.refresh.keptBackward() * leg.refreshed[i];
        }
        MomentumKernel.subtractGuide(leg, leg.refreshed, bridgeScore, miss, learned, scratch);
    }

    /** out = a + factor (kick step) s, coordinate by coordinate. */
    static void kick(Leg leg, double[] a, double factor, double[] s, double[] out) { step(leg, leg.kick, a, s, factor, out); }

    /** out = a + factor (drift step) rho. */
    static void drift(Leg leg, double[] a, double[] rho, double factor, double[] out) { step(leg, leg.drift, a, rho, factor, out); }

    private static void step(Leg leg, double[] steps, double[] a, double[] by, double factor, double[] out) {
        for (int i = 0; i < leg.length(); i++) {
            out[i] = a[i] + factor * steps[i] * by[i];
        }
    }

    @Override
    public boolean reversible() { return true; }

    @Override
    public void undo(Leg leg, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(leg.length());
        leg.toBridgeScore(s, scratch);
        kick(leg, leg.toMomentum, -0.5, s, leg.refreshed);
        drift(leg, leg.to.values, leg.refreshed, -1, leg.from.values);
        leg.target.evaluate(leg.from, leg.logDensity, leg.fromScore, scratch);
        leg.fromBridgeScore(s, scratch);
        kick(leg, leg.refreshed, -0.5, s, leg.refreshed);
        Refresh.Coefficients c = leg.refresh;
        for (int i = 0; i < leg.length(); i++) {
            leg.fromMomentum[i] = (leg.refreshed[i] - c.spreadForward() * leg.noise[i]) / c.keptForward();
        }
        scratch.release(mark);
    }

    @Override
    public void reverse(Leg leg, Cotangents bar, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(leg.length());
        double[] u = scratch.take(leg.length());
        double[] scoreBar = scratch.take(leg.length());
        // rho+ = rho'' + (d/2) S(z+)
        leg.toBridgeScore(s, scratch);
        reverseKick(leg, bar, s, 0.5, u);
        bar.bridge(u, leg, leg.to, leg.toScore, scratch);
        bar.settle(leg, leg.to, leg.toScore, scratch);
        // z+ = z + d rho''
        leg.fromBridgeScore(s, scratch);
        kick(leg, leg.refreshed, 0.5, s, u);
        reverseDrift(leg, bar, u, 1);
        // rho'' = rho' + (d/2) S(z)
        reverseKick(leg, bar, s, 0.5, u);
        if (leg.draws) {
            double[] kappa = scratch.take(leg.length());
            double[] learned = scratch.take(leg.length());
            miss(leg, s, kappa, learned, scratch);
            for (int i = 0; i < leg.length(); i++) {
                kappa[i] /= leg.refresh.varianceBackward();
            }
            MomentumKernel.reverseGuide(leg, leg.refreshed, kappa, s, learned, scoreBar, bar, scratch);
            for (int i = 0; i < leg.length(); i++) {
                u[i] += scoreBar[i];
            }
            MomentumKernel.reverse(leg, leg.refreshed, kappa, bar);
        }
        bar.bridge(u, leg, leg.from, leg.fromScore, scratch);
        scratch.release(mark);
    }

    /** Cotangents of a kick by factor (kick step) s: of the step, and into u that of the score. */
    static void reverseKick(Leg leg, Cotangents bar, double[] s, double factor, double[] u) {
        Columns.addProducts(factor, bar.momentum, s, leg.length(), bar.kick);
        for (int i = 0; i < leg.length(); i++) {
            u[i] = factor * leg.kick[i] * bar.momentum[i];
        }
    }

    /** Cotangents of a drift by factor (drift step) rho: of the step and of the momentum. */
    static void reverseDrift(Leg leg, Cotangents bar, double[] rho, double factor) {
        Columns.addProducts(factor, bar.position, rho, leg.length(), bar.drift);
        step(leg, leg.drift, bar.momentum, bar.position, factor, bar.momentum);
    }
}
