package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.ScalarExponential.*;

/** {@link LaneMath#logisticTile} in scalar code. */
final class PlainLogisticTile {

    /** Below this e^x is taken at this: still a normal number, so the power of two needs one multiplication. */
    static final double LOWEST = -708;

    private PlainLogisticTile() {}

    static void logisticTile(double[] rows, int rowOffset, int rowWidth, int rowCount, double[] eta, int lanes,
            double[] linear, double[] product) {
        for (int l = 0; l < lanes; l++) {
            linear[l] = 0;
            product[l] = 1;
        }
        for (int r = 0; r < rowCount; r++) {
            double y = rows[rowOffset + r * rowWidth];
            double middle = y - 0.5;
            for (int l = 0, at = r * lanes; l < lanes; l++, at++) {
                double x = eta[at];
                double size = Math.abs(x);
                double z = expOfNegative(Math.max(-size, LOWEST));
                double one = z + 1.0;
                linear[l] += Math.fma(middle, x, size * -0.5);
                product[l] *= one;
                eta[at] = y - (x < 0.0 ? z : 1.0) / one;
            }
        }
    }

    /** e^a for a in [LOWEST, 0]; NaN for NaN. */
    private static double expOfNegative(double a) {
        double shifted = Math.fma(a, LOG2_E, ROUNDER);
        double n = shifted - ROUNDER;
        double r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, a));
        double scale = Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << MANTISSA_BITS) + ONE_BITS);
        return (Math.fma(r * r, q(r), r) + 1.0) * scale;
    }
}
