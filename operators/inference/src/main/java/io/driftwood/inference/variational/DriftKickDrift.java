package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/**
 * The splitting the other way round: a refreshed momentum, half a drift, a kick on bridge k, half a drift,
 * <pre>
 *   rho' = aF rho + sF xi,   m = z + (d/2) rho',   rho+ = rho' + d S(m),   z+ = m + (d/2) rho+
 * </pre>
 * One score a step, in the middle, and one of the target at the end of the path. The tape keeps the score of the middle where others keep that of the beginning;
 * a learned backward mean, which knows no score at z, is shown z in its place.
 */
final class DriftKickDrift implements Dynamics {

    @Override
    public boolean hasMomentum() { return true; }

    @Override
    public boolean scoresBeginning() { return false; }

    @Override
    public void forward(Leg leg, double[] logWeight, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(leg.length());
        double[] miss = scratch.take(leg.length());
        Refresh.Coefficients c = leg.refresh;
        for (int i = 0; i < leg.length(); i++) {
            leg.refreshed[i] = c.keptForward() * leg.fromMomentum[i] + c.spreadForward() * leg.noise[i];
            miss[i] = leg.fromMomentum[i] - c.keptBackward() * leg.refreshed[i];
        }
        MomentumKernel.subtractGuide(leg, leg.refreshed, leg.from.values, miss, s, scratch);
        MomentumKernel.addLogRatio(leg, miss, logWeight);
        Particles middle = middle(leg, scratch);
        leg.target.evaluate(middle, leg.logDensity, leg.fromScore, scratch);
        leg.bridgeScore(middle.values, leg.fromScore, s, scratch);
        Splitting.kick(leg, leg.refreshed, 1, s, leg.toMomentum);
        Splitting.drift(leg, middle.values, leg.toMomentum, 0.5, leg.to.values);
        scratch.release(mark);
    }

    private static Particles middle(Leg leg, Scratch scratch) {
        Particles middle = new Particles(leg.from.size, leg.dimension, scratch.take(leg.length()));
        Splitting.drift(leg, leg.from.values, leg.refreshed, 0.5, middle.values);
        return middle;
    }

    @Override
    public void reverse(Leg leg, Cotangents bar, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(leg.length());
        double[] u = scratch.take(leg.length());
        double[] seen = scratch.take(leg.length());
        Particles middle = middle(leg, scratch);
        // What a layer behind the step may owe is at the end, not in the middle.
        bar.settle(leg, leg.to, leg.toScore, scratch);
        Splitting.reverseDrift(leg, bar, leg.toMomentum, 0.5);
        leg.bridgeScore(middle.values, leg.fromScore, s, scratch);
        Splitting.reverseKick(leg, bar, s, 1, u);
        bar.bridge(u, leg, middle, leg.fromScore, scratch);
        bar.settle(leg, middle, leg.fromScore, scratch);
        Splitting.reverseDrift(leg, bar, leg.refreshed, 0.5);
        double[] kappa = scratch.take(leg.length());
        for (int i = 0; i < leg.length(); i++) {
            kappa[i] = leg.fromMomentum[i] - leg.refresh.keptBackward() * leg.refreshed[i];
        }
        MomentumKernel.subtractGuide(leg, leg.refreshed, leg.from.values, kappa, s, scratch);
        for (int i = 0; i < leg.length(); i++) {
            kappa[i] /= leg.refresh.varianceBackward();
        }
        MomentumKernel.reverseGuide(leg, leg.refreshed, kappa, leg.from.values, s, seen, bar, scratch);
        for (int i = 0; i < leg.length(); i++) {
            bar.position[i] += seen[i];
        }
        MomentumKernel.reverse(leg, leg.refreshed, kappa, bar);
        scratch.release(mark);
    }
}
