package io.driftwood.inference.model;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;

/**
 * digamma, trigamma and a difference of log Gammas of columns, for x &gt; 0, by eight steps of the recurrence and the asymptotic series (Abramowitz and Stegun
 * 6.1.40, 6.3.5, 6.3.18, 6.4.6, 6.4.12); the first term left out is below 2e-14 relative to the largest term kept. Plain elementwise code: the compiler vectorises it.
 */
public final class PolyGamma {

    private static final int STEPS = 8;

    private PolyGamma() {}

    /** out[i] = psi(x[i]); {@code out} and {@code x} must differ. */
    public static void digamma(double[] x, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] + STEPS;
        }
        LaneMath.get().log(out, 0, out, 0, n);
        for (int i = 0; i < n; i++) {
            out[i] += digammaMinusLog(x[i] + STEPS);
            for (int k = 0; k < STEPS; k++) {
                out[i] -= 1 / (x[i] + k);
            }
        }
    }

    /** out[i] = psi'(x[i]); {@code out} and {@code x} must differ. */
    static void trigamma(double[] x, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = 1 / (x[i] + STEPS) + trigammaMinusReciprocal(x[i] + STEPS);
            for (int k = 0; k < STEPS; k++) {
                out[i] += 1 / ((x[i] + k) * (x[i] + k));
            }
        }
    }

    /**
     * out[i] = log Gamma(x[i] + 1/2) - log Gamma(x[i]), free of cancellation for large x: with y = x + 8,
     * y log(1 + 1/(2y)) + (log y)/2 - 1/2 + B(y + 1/2) - B(y) - log prod_{k&lt;8} (x+1/2+k)/(x+k). {@code out} and {@code x} must differ.
     */
    static void logGammaHalfStep(double[] x, double[] out, int n, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int mark = scratch.mark();
        double[] part = scratch.take(n);
        for (int i = 0; i < n; i++) {
            double ratio = 1;
            for (int k = 0; k < STEPS; k++) {
                ratio *= (x[i] + 0.5 + k) / (x[i] + k);
            }
            // (log y)/2 - log ratio in one logarithm
            part[i] = (x[i] + STEPS) / (ratio * ratio);
        }
        math.log(part, 0, part, 0, n);
        for (int i = 0; i < n; i++) {
            double y = x[i] + STEPS;
            out[i] = 0.5 * part[i] - 0.5 + stirling(y + 0.5) - stirling(y);
            part[i] = 0.5 / y;
        }
        math.log1p(part, 0, part, 0, n);
        for (int i = 0; i < n; i++) {
            out[i] += (x[i] + STEPS) * part[i];
        }
        scratch.release(mark);
    }

    /** B(x) = log Gamma(x) - (x - 1/2) log x + x - log sqrt(2 pi) for x &gt;= 8. */
    static double stirling(double x) {
        double q = 1 / (x * x);
        return (1.0 / 12 + q * (-1.0 / 360 + q * (1.0 / 1260 + q * (-1.0 / 1680 + q * (1.0 / 1188 - q * 691.0 / 360360))))) / x;
    }

    /** psi(x) - log x for x &gt;= 8. */
    static double digammaMinusLog(double x) {
        double q = 1 / (x * x);
        double series = 1.0 / 12 + q * (-1.0 / 120 + q * (1.0 / 252 + q * (-1.0 / 240 + q * (1.0 / 132 + q * (-691.0 / 32760 + q / 12)))));
        return -0.5 / x - q * series;
    }

    /** psi'(x) - 1/x for x &gt;= 8. */
    static double trigammaMinusReciprocal(double x) {
        double q = 1 / (x * x);
        double series = 1.0 / 6 + q * (-1.0 / 30 + q * (1.0 / 42 + q * (-1.0 / 30 + q * (5.0 / 66 + q * (-691.0 / 2730 + q * 7.0 / 6)))));
        return q * (0.5 + series / x);
    }
}
