package io.driftwood.inference.denoise;

import io.driftwood.inference.numeric.LaneMath;

/**
 * How a measured coordinate comes from the true one. Both channels have a likelihood of one form,
 * <pre>
 *   p(y | x) = c(lambda) e^(-lambda (x - y)^2 / 2)
 *   normal   y = x + sigma z:  lambda = sigma^-2,  c = sqrt(lambda / 2 pi)
 *   signs    y = x with probability 1/(1 + e^(-2 alpha)), else -x:  lambda = alpha,  c = 1/(1 + e^(-2 alpha)),  for x and y in {-1, 1}
 * </pre>
 * so that precision-weighted sums are sufficient for both. The second line is e^(alpha x y) / (2 cosh alpha) with (x - y)^2 = 2 - 2xy.
 *
 * <p>Reference: [1] Bach and Saremi (2025), for signs.
 */
public enum Channel {

    /** Noise scale sigma. */
    NORMAL {
        @Override
        double precision(double noise) { return 1 / (noise * noise); }

        @Override
        void logConstants(double[] precisions, double[] out, int n) {
            for (int j = 0; j < n; j++) {
                out[j] = precisions[j] / (2 * Math.PI);
            }
            LaneMath.get().log(out, 0, out, 0, n);
            for (int j = 0; j < n; j++) {
                out[j] *= 0.5;
            }
        }

        @Override
        void noises(double[] precisions, double[] out, int n) {
            for (int j = 0; j < n; j++) {
                out[j] = 1 / Math.sqrt(precisions[j]);
            }
        }

        @Override
        public boolean possible(double value) { return Math.abs(value) <= Double.MAX_VALUE; }
    },

    /** Noise scale alpha, larger for less noise. */
    SIGNS {
        @Override
        double precision(double noise) { return noise; }

        @Override
        void logConstants(double[] precisions, double[] out, int n) {
            for (int j = 0; j < n; j++) {
                out[j] = -2 * precisions[j];
            }
            LaneMath.get().softplus(out, 0, out, 0, n);
            for (int j = 0; j < n; j++) {
                out[j] = -out[j];
            }
        }

        @Override
        void noises(double[] precisions, double[] out, int n) { System.arraycopy(precisions, 0, out, 0, n); }

        @Override
        public boolean possible(double value) { return value == 1 || value == -1; }
    };

    /** lambda of one measured coordinate. */
    abstract double precision(double noise);

    /** out[j] = log c(lambda_j). */
    abstract void logConstants(double[] precisions, double[] out, int n);

    /** out[j] = the noise scale of a single measurement worth as much. */
    abstract void noises(double[] precisions, double[] out, int n);

    /** Whether a coordinate can be measured so. */
    public abstract boolean possible(double value);

    /** Whether noise can have this scale: it and its precision are positive and finite. */
    public boolean possibleNoise(double noise) {
        double precision = precision(noise);
        return noise > 0 && noise < Double.POSITIVE_INFINITY && precision > 0 && precision < Double.POSITIVE_INFINITY;
    }
}
