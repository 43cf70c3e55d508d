package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;

/**
 * The part that dynamics with momenta share: rho' = aF rho + sF xi + f forward, and the miss D = rho - aB rho' - 2 (1 - aB) s(z, rho') - b of the backward
 * mean, s the score network. Without draws nothing is missed.
 */
final class MomentumKernel {

    private MomentumKernel() {}

    /** miss -= 2 (1 - aB) s(z, rho'); s is left in {@code learned}. */
    static void subtractGuide(Leg leg, double[] after, double[] bridgeScore, double[] miss, double[] learned, Scratch scratch) {
        if (leg.guide != null) {
            leg.guide.value(leg, leg.from.values, after, bridgeScore, learned, scratch);
            double w = leg.refresh.guided();
            for (int i = 0; i < leg.length(); i++) {
                miss[i] -= w * learned[i];
            }
        }
    }

    /** logWeight += |xi|^2/2 + n log sF - |D|^2/(2 vB) - (n/2) log vB. */
    static void addLogRatio(Leg leg, double[] miss, double[] logWeight) {
        if (leg.draws) {
            Refresh.Coefficients c = leg.refresh;
            LaneMath.get().addColumnSquares(leg.noise, leg.dimension, leg.stride, leg.stride, 0.5, logWeight);
            LaneMath.get().addColumnSquares(miss, leg.dimension, leg.stride, leg.stride, -0.5 / c.varianceBackward(), logWeight);
            Columns.add(leg.dimension * (StrictMath.log(c.spreadForward()) - 0.5 * StrictMath.log(c.varianceBackward())), leg.stride, logWeight);
        }
    }

    /**
     * The guide's part of the way back: cotangents of z, rho' and S(z), and that of aB. Follows {@link #subtractGuide} on the same arguments.
     *
     * @param learned what it left, overwritten
     * @param scoreBar overwritten with the cotangent of S(z)
     */
    static void reverseGuide(Leg leg, double[] after, double[] kappa, double[] bridgeScore, double[] learned, double[] scoreBar, Cotangents bar, Scratch scratch) {
        Arrays.fill(scoreBar, 0, leg.length(), 0);
        if (leg.guide != null) {
            double w = leg.refresh.guided();
            Columns.addProducts(-2, kappa, learned, leg.length(), bar.keptBackward);
            for (int i = 0; i < leg.length(); i++) {
                learned[i] = w * kappa[i];
            }
            leg.guide.reverse(leg, leg.from.values, after, bridgeScore, learned, bar.position, bar.momentum, scoreBar, bar.share, scratch);
        }
    }

    /**
     * The momentum's cotangent from that of rho' to that of rho, and those of the four coefficients.
     *
     * @param after rho'
     * @param kappa D / vB
     */
    static void reverse(Leg leg, double[] after, double[] kappa, Cotangents bar) {
        Refresh.Coefficients c = leg.refresh;
        double kept = c.keptBackward();
        // |D|^2 / (2 vB^2); its normaliser and that of the noise are the same in every leg and come in at the end.
        Columns.addProducts(0.5, kappa, kappa, leg.length(), bar.varianceBackward);
        for (int i = 0; i < leg.length(); i++) {
            bar.keptBackward[i] += kappa[i] * after[i];
            double rho = bar.momentum[i] + kept * kappa[i];
            bar.keptForward[i] += rho * leg.fromMomentum[i];
            bar.spreadForward[i] += rho * leg.noise[i];
            bar.momentum[i] = c.keptForward() * rho - kappa[i];
        }
    }
}
