package io.driftwood.inference.model;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;

/**
 * Ratios Gamma(y + r)/Gamma(r) of a column of r = 1/alpha and one count y, without the cancellation of two large log Gammas as r
 * grows (alpha -&gt; 0 is the Poisson limit). With m = min(y, 16), R = r + m, Y = y - m:
 * <pre>
 *   log Gamma(y+r) - log Gamma(r) - y log r = sum_{k&lt;m} log(1 + k alpha)
 *                                             + (R+Y-1/2) log(1+Y/R) + Y log(1 + m alpha) - Y + B(R+Y) - B(R)
 *   psi(y+r) - psi(r)                       = sum_{k&lt;m} 1/(r+k) + log(1+Y/R) + C(R+Y) - C(R)
 *   psi'(y+r) - psi'(r)                     = -sum_{k&lt;m} 1/(r+k)^2 - Y/(R(R+Y)) + E(R+Y) - E(R)
 * </pre>
 * B, C, E the tails of Stirling's series for log Gamma, psi - log and psi' - 1/x, used from 16 up.
 */
final class GammaRatio {

    private static final int STEPS = 16;
    private static final int FACTORS = 8;

    private GammaRatio() {}

    /** out[l] = log Gamma(y + r) - log Gamma(r) - y log r. */
    static void logRising(double[] alpha, double y, double[] out, int lanes, Scratch scratch) {
        int mark = scratch.mark();
        double[] part = scratch.take(lanes);
        int steps = (int) Math.min(y, STEPS);
        Arrays.fill(out, 0, lanes, 0.0);
        for (int from = 1; from < steps; from += FACTORS) {
            int to = Math.min(steps, from + FACTORS);
            for (int l = 0; l < lanes; l++) {
                double product = 1;
                for (int k = from; k < to; k++) {
                    product *= 1 + k * alpha[l];
                }
                part[l] = product;
            }
            LaneMath.get().log(part, 0, part, 0, lanes);
            for (int l = 0; l < lanes; l++) {
                out[l] += part[l];
            }
        }
        double rest = y - steps;
        if (rest > 0) {
            double[] big = scratch.take(lanes);
            bigLog(alpha, rest, big, part, lanes);
            for (int l = 0; l < lanes; l++) {
                out[l] += (big[l] + rest - 0.5) * part[l] - rest + PolyGamma.stirling(big[l] + rest) - PolyGamma.stirling(big[l]);
                part[l] = STEPS * alpha[l];
            }
            LaneMath.get().log1p(part, 0, part, 0, lanes);
            for (int l = 0; l < lanes; l++) {
                out[l] += rest * part[l];
            }
        }
        scratch.release(mark);
    }

    /** big[l] = R, log[l] = log(1 + Y/R). */
    private static void bigLog(double[] alpha, double rest, double[] big, double[] log, int lanes) {
        for (int l = 0; l < lanes; l++) {
            big[l] = 1 / alpha[l] + STEPS;
            log[l] = rest / big[l];
        }
        LaneMath.get().log1p(log, 0, log, 0, lanes);
    }

    /** out[l] = psi(y + r) - psi(r). */
    static void digammaRise(double[] alpha, double y, double[] out, int lanes, Scratch scratch) {
        int steps = (int) Math.min(y, STEPS);
        for (int l = 0; l < lanes; l++) {
            double sum = 0;
            for (int k = 0; k < steps; k++) {
                sum += alpha[l] / (1 + k * alpha[l]);
            }
            out[l] = sum;
        }
        double rest = y - steps;
        if (rest > 0) {
            int mark = scratch.mark();
            double[] big = scratch.take(lanes);
            double[] log = scratch.take(lanes);
            bigLog(alpha, rest, big, log, lanes);
            for (int l = 0; l < lanes; l++) {
                out[l] += log[l] + PolyGamma.digammaMinusLog(big[l] + rest) - PolyGamma.digammaMinusLog(big[l]);
            }
            scratch.release(mark);
        }
    }

    /** out[l] = psi'(y + r) - psi'(r). */
    static void trigammaRise(double[] alpha, double y, double[] out, int lanes) {
        int steps = (int) Math.min(y, STEPS);
        double rest = y - steps;
        for (int l = 0; l < lanes; l++) {
            double sum = 0;
            for (int k = 0; k < steps; k++) {
                double reciprocal = alpha[l] / (1 + k * alpha[l]);
                sum -= reciprocal * reciprocal;
            }
            if (rest > 0) {
                double big = 1 / alpha[l] + STEPS;
                sum += PolyGamma.trigammaMinusReciprocal(big + rest) - PolyGamma.trigammaMinusReciprocal(big) - rest / (big * (big + rest));
            }
            out[l] = sum;
        }
    }
}
