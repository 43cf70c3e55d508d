package io.driftwood.inference.denoise;

import io.driftwood.inference.numeric.LaneMath;
import java.util.Arrays;

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

    /** Mean and variances of a mixture from those of its components, [k*d + j]; all overwritten. */
    static void moments(double[] r, int count, int d, double[] means, double[] within, double[] mean, double[] variances) {
        Arrays.fill(mean, 0, d, 0);
        Arrays.fill(variances, 0, d, 0);
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < d; j++) {
                mean[j] = Math.fma(r[k], means[k * d + j], mean[j]);
            }
        }
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < d; j++) {
                double between = means[k * d + j] - mean[j];
                variances[j] = Math.fma(r[k], Math.fma(between, between, within[k * d + j]), variances[j]);
            }
        }
    }

    /** A whole number below 2^52, mixed from the bits of all numbers in their order. */
    static double fingerprint(double[]... numbers) {
        long hash = 0;
        for (double[] some : numbers) {
            for (double number : some) {
                // the finaliser of SplitMix64
                hash = (hash ^ Double.doubleToLongBits(number)) + 0x9E3779B97F4A7C15L;
                hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
                hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
                hash ^= hash >>> 31;
            }
        }
        return hash >>> 12;
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
