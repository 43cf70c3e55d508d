package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;

/**
 * Underdamped Langevin by Euler and Maruyama: the momentum with friction, force and noise in one, then the position,
 * <pre>
 *   F  rho+ = aF rho + d S(z) + sF xi,   z+ = z + d rho+        B  rho ~ N(aB rho+ - d S(z) + 2 (1 - aB) s(z, rho+), vB)
 *   log B - log F = |xi|^2/2 + n log sF - |D|^2/(2 vB) - (n/2) log vB,   D = rho - aB rho+ + d S(z) - 2 (1 - aB) s(z, rho+)
 * </pre>
 */
final class EulerMaruyama implements Dynamics {

    @Override
    public boolean hasMomentum() { return true; }

    @Override
    public void forward(Leg leg, double[] logWeight, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(leg.length());
        double[] miss = scratch.take(leg.length());
        Refresh.Coefficients c = leg.refresh;
        leg.fromBridgeScore(s, scratch);
        for (int i = 0; i < leg.length(); i++) {
            miss[i] = c.keptForward() * leg.fromMomentum[i] + c.spreadForward() * leg.noise[i];
        }
        Splitting.kick(leg, miss, 1, s, leg.toMomentum);
        Splitting.drift(leg, leg.from.values, leg.toMomentum, 1, leg.to.values);
        miss(leg, s, miss, scratch.take(leg.length()), scratch);
        MomentumKernel.addLogRatio(leg, miss, logWeight);
        leg.evaluate(scratch);
        scratch.release(mark);
    }

    private static void miss(Leg leg, double[] s, double[] miss, double[] learned, Scratch scratch) {
        for (int i = 0; i < leg.length(); i++) {
            miss[i] = leg.fromMomentum[i] - leg.refresh.keptBackward() * leg.toMomentum[i];
        }
        Splitting.kick(leg, miss, 1, s, miss);
        MomentumKernel.subtractGuide(leg, leg.toMomentum, s, miss, learned, scratch);
    }

    @Override
    public void reverse(Leg leg, Cotangents bar, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(leg.length());
        double[] kappa = scratch.take(leg.length());
        double[] u = scratch.take(leg.length());
        double[] scoreBar = scratch.take(leg.length());
        bar.settle(leg, leg.to, leg.toScore, scratch);
        // z+ = z + d rho+
        Splitting.reverseDrift(leg, bar, leg.toMomentum, 1);
        leg.fromBridgeScore(s, scratch);
        double[] learned = scratch.take(leg.length());
        miss(leg, s, kappa, learned, scratch);
        for (int i = 0; i < leg.length(); i++) {
            kappa[i] /= leg.refresh.varianceBackward();
        }
        MomentumKernel.reverseGuide(leg, leg.toMomentum, kappa, s, learned, scoreBar, bar, scratch);
        for (int i = 0; i < leg.length(); i++) {
            // S acts through rho+, whose own cotangent gains aB kappa, and through D.
            u[i] = bar.momentum[i] + (leg.refresh.keptBackward() - 1) * kappa[i];
        }
        Columns.addProducts(1, u, s, leg.length(), bar.kick);
        Splitting.kick(leg, scoreBar, 1, u, u);
        bar.bridge(u, leg, leg.from, leg.fromScore, scratch);
        MomentumKernel.reverse(leg, leg.toMomentum, kappa, bar);
        scratch.release(mark);
    }
}
