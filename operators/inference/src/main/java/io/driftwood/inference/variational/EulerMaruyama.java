package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;

/**
 * Underdamped Langevin by Euler and Maruyama: the momentum with friction, force and noise in one, then the position,
 * <pre>
 *   F  rho+ = aF rho + d S(z) + sF xi,   z+ = z + d rho+        B  rho ~ N(aB rho+ - d S(z), vB)
 *   log B - log F = |xi|^2/2 + n log sF - |D|^2/(2 vB) - (n/2) log vB,   D = rho - aB rho+ + d S(z)
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
        leg.fromBridgeScore(s);
        for (int i = 0; i < leg.length(); i++) {
            leg.toMomentum[i] = c.keptForward() * leg.fromMomentum[i] + leg.step * s[i] + c.spreadForward() * leg.noise[i];
            leg.to.values[i] = leg.from.values[i] + leg.step * leg.toMomentum[i];
        }
        miss(leg, s, miss);
        MomentumKernel.addLogRatio(leg, miss, logWeight);
        leg.evaluate(scratch);
        scratch.release(mark);
    }

    private static void miss(Leg leg, double[] s, double[] miss) {
        for (int i = 0; i < leg.length(); i++) {
            miss[i] = leg.fromMomentum[i] - leg.refresh.keptBackward() * leg.toMomentum[i] + leg.step * s[i];
        }
    }

    @Override
    public void reverse(Leg leg, Cotangents bar, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(leg.length());
        double[] kappa = scratch.take(leg.length());
        double[] u = scratch.take(leg.length());
        bar.settle(leg, leg.to, scratch);
        // z+ = z + d rho+
        Columns.addDots(1, bar.position, leg.toMomentum, leg.dimension, leg.stride, bar.step);
        for (int i = 0; i < leg.length(); i++) {
            bar.momentum[i] += leg.step * bar.position[i];
        }
        leg.fromBridgeScore(s);
        miss(leg, s, kappa);
        for (int i = 0; i < leg.length(); i++) {
            kappa[i] /= leg.refresh.varianceBackward();
            // S acts through rho+, whose own cotangent gains aB kappa, and through D.
            u[i] = bar.momentum[i] + (leg.refresh.keptBackward() - 1) * kappa[i];
        }
        Columns.addDots(1, u, s, leg.dimension, leg.stride, bar.step);
        for (int i = 0; i < leg.length(); i++) {
            u[i] *= leg.step;
        }
        bar.bridge(u, leg, leg.from, leg.fromScore);
        MomentumKernel.reverse(leg, leg.toMomentum, kappa, bar);
        scratch.release(mark);
    }
}
