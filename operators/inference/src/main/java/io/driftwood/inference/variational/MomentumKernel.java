package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;

/**
 * The part that dynamics with momenta share: rho' = aF rho + sF xi + f forward, and the miss D = rho - aB rho' - 2 (1 - aB) s(z, rho') - b of the backward
 * mean, s the score network. Without draws nothing is missed.
 */
final class MomentumKernel {

    private MomentumKernel() {}

    /** miss -= 2 (1 - aB) s(z, rho'). */
    static void subtractGuide(Leg leg, double[] after, double[] bridgeScore, double[] miss, Scratch scratch) {
        if (leg.guide != null && leg.draws) {
            int mark = scratch.mark();
            double[] s = scratch.take(leg.length());
            leg.guide.value(leg, leg.from.values, after, bridgeScore, s, scratch);
            double w = leg.refresh.guided();
            for (int i = 0; i < leg.length(); i++) {
                miss[i] -= w * s[i];
            }
            scratch.release(mark);
        }
    }

    /** logWeight += |xi|^2/2 + n log sF - |D|^2/(2 vB) - (n/2) log vB. */
    static void addLogRatio(Leg leg, double[] miss, double[] logWeight) {
        if (leg.draws) {
            Refresh.Coefficients c = leg.refresh;
            Columns.addSquares(0.5, leg.noise, leg.dimension, leg.stride, logWeight);
            Columns.addSquares(-0.5 / c.varianceBackward(), miss, leg.dimension, leg.stride, logWeight);
            Columns.add(leg.dimension * (StrictMath.log(c.spreadForward()) - 0.5 * StrictMath.log(c.varianceBackward())), leg.stride, logWeight);
        }
    }

    /**
     * The guide's part of the way back: cotangents of z, rho' and S(z), and that of aB.
     *
     * @param scoreBar overwritten with the cotangent of S(z)
     */
    static void reverseGuide(Leg leg, double[] after, double[] kappa, double[] bridgeScore, double[] scoreBar, Cotangents bar, Scratch scratch) {
        Arrays.fill(scoreBar, 0, leg.length(), 0);
        if (leg.guide != null && leg.draws) {
            int mark = scratch.mark();
            double[] s = scratch.take(leg.length());
            double w = leg.refresh.guided();
            leg.guide.value(leg, leg.from.values, after, bridgeScore, s, scratch);
            Columns.addDots(-2, kappa, s, leg.dimension, leg.stride, bar.keptBackward);
            for (int i = 0; i < leg.length(); i++) {
                s[i] = w * kappa[i];
            }
            leg.guide.reverse(leg, leg.from.values, after, bridgeScore, s, bar.position, bar.momentum, scoreBar, bar.share, scratch);
            scratch.release(mark);
        }
    }

    /**
     * The momentum's cotangent from that of rho' to that of rho, and those of the four coefficients.
     *
     * @param after rho'
     * @param kappa D / vB
     */
    static void reverse(Leg leg, double[] after, double[] kappa, Cotangents bar) {
        if (!leg.draws) {
            return;
        }
        Refresh.Coefficients c = leg.refresh;
        int d = leg.dimension;
        int n = leg.stride;
        // |D|^2 / (2 vB^2) - n / (2 vB)
        Columns.addSquares(0.5, kappa, d, n, bar.varianceBackward);
        Columns.add(-0.5 * d / c.varianceBackward(), n, bar.varianceBackward);
        Columns.addDots(1, kappa, after, d, n, bar.keptBackward);
        for (int i = 0; i < leg.length(); i++) {
            bar.momentum[i] += c.keptBackward() * kappa[i];
        }
        Columns.addDots(1, bar.momentum, leg.fromMomentum, d, n, bar.keptForward);
        Columns.addDots(1, bar.momentum, leg.noise, d, n, bar.spreadForward);
        Columns.add(d / c.spreadForward(), n, bar.spreadForward);
        for (int i = 0; i < leg.length(); i++) {
            bar.momentum[i] = c.keptForward() * bar.momentum[i] - kappa[i];
        }
    }
}
