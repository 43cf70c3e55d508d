package io.driftwood.inference.denoise;

import io.driftwood.inference.numeric.LaneMath;

/** Probabilities of a prior's modes. */
final class Modes {

    private Modes() {}

    /** Logits become probabilities; the logarithm of the sum of their exponentials is returned. */
    static double normalise(double[] logits, int n) {
        LaneMath math = LaneMath.get();
        double largest = math.max(logits, 0, n);
        for (int k = 0; k < n; k++) {
            logits[k] -= largest;
        }
        math.exp(logits, 0, logits, 0, n);
        double sum = math.sum(logits, 0, n);
        for (int k = 0; k < n; k++) {
            logits[k] /= sum;
        }
        return largest + StrictMath.log(sum);
    }

    /** The mode in whose share of [0, 1) the uniform falls. */
    static int pick(double[] probabilities, int n, double uniform) {
        double sum = 0;
        for (int k = 0; k < n - 1; k++) {
            sum += probabilities[k];
            if (uniform < sum) {
                return k;
            }
        }
        return n - 1;
    }

    static double[] logs(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a weight must be positive and finite, not " + weight);
            }
            sum += weight;
        }
        double[] logs = new double[weights.length];
        for (int k = 0; k < logs.length; k++) {
            logs[k] = StrictMath.log(weights[k] / sum);
        }
        return logs;
    }
}
