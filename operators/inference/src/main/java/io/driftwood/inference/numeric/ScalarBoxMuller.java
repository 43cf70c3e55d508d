package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.ScalarExponential.ROUNDER;
import static io.driftwood.inference.numeric.ScalarTrigonometry.HALF_PI;

/**
 * Two independent standard normals from two independent uniforms on (0,1):
 * sqrt(-2 log u1) times cos(2 pi u2) and sin(2 pi u2). The angle is reduced in quarter turns, where it is exact.
 *
 * <p>The smallest uniform, 2^-53, gives the largest normal, 8.57; beyond lies a probability of 1e-17.
 *
 * <p>Reference: [1] Box and Muller (1958), Annals of Mathematical Statistics 29(2), 610-611.
 */
final class ScalarBoxMuller {

    private ScalarBoxMuller() {}

    /** {@code second} is negative where the other number is not wanted. */
    static void pair(double u1, double u2, double[] out, int first, int second) {
        double radius = Math.sqrt(-2.0 * ScalarLogarithm.logCore(u1, 0.0));
        double turns = 4.0 * u2;
        double shifted = turns + ROUNDER;
        double r = (turns - (shifted - ROUNDER)) * HALF_PI;
        long quadrant = Double.doubleToRawLongBits(shifted);
        double z = r * r;
        double sin = Math.fma(z * r, ScalarTrigonometry.sinSeries(z), r);
        double cos = Math.fma(z, Math.fma(z, ScalarTrigonometry.cosSeries(z), -0.5), 1.0);
        out[first] = radius * ScalarTrigonometry.turnedCos(sin, cos, quadrant);
        if (second >= 0) {
            out[second] = radius * ScalarTrigonometry.turnedSin(sin, cos, quadrant);
        }
    }
}
