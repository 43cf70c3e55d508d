package io.driftwood.inference.variational;

/** The part that dynamics with momenta share: rho' = aF rho + sF xi + f forward, and the miss D = rho - aB rho' - b of the backward mean. */
final class MomentumKernel {

    private MomentumKernel() {}

    /** logWeight += |xi|^2/2 + n log sF - |D|^2/(2 vB) - (n/2) log vB. */
    static void addLogRatio(Leg leg, double[] miss, double[] logWeight) {
        Refresh.Coefficients c = leg.refresh;
        Columns.addSquares(0.5, leg.noise, leg.dimension, leg.stride, logWeight);
        Columns.addSquares(-0.5 / c.varianceBackward(), miss, leg.dimension, leg.stride, logWeight);
        Columns.add(leg.dimension * (StrictMath.log(c.spreadForward()) - 0.5 * StrictMath.log(c.varianceBackward())), leg.stride, logWeight);
    }

    /**
     * The momentum's cotangent from that of rho' to that of rho, and those of the four coefficients.
     *
     * @param after rho'
     * @param kappa D / vB
     */
    static void reverse(Leg leg, double[] after, double[] kappa, Cotangents bar) {
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
