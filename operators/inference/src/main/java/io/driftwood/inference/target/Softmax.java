package io.driftwood.inference.target;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;

/** Probabilities over K alternatives for every lane, from their logarithms up to a constant: alternative k of lane i at [k*stride + i]. */
final class Softmax {

    private Softmax() {}

    /** The logits become probabilities; logSum[i] = log sum_k e^logit, max-subtracted. */
    static void columns(double[] logits, int count, int stride, double[] logSum, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int mark = scratch.mark();
        double[] max = scratch.take(stride);
        double[] sum = scratch.take(stride);
        System.arraycopy(logits, 0, max, 0, stride);
        for (int k = 1; k < count; k++) {
            for (int i = 0; i < stride; i++) {
                max[i] = Math.max(max[i], logits[k * stride + i]);
            }
        }
        java.util.Arrays.fill(sum, 0, stride, 0.0);
        for (int k = 0; k < count; k++) {
            math.axpy(-1, max, 0, logits, k * stride, stride);
            math.exp(logits, k * stride, logits, k * stride, stride);
            math.axpy(1, logits, k * stride, sum, 0, stride);
        }
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < stride; i++) {
                logits[k * stride + i] /= sum[i];
            }
        }
        math.log(sum, 0, logSum, 0, stride);
        math.axpy(1, max, 0, logSum, 0, stride);
        scratch.release(mark);
    }

    /** The alternative of lane i in whose share of [0, 1) the uniform falls. */
    static int pick(double[] probabilities, int count, int stride, int i, double uniform) {
        double sum = 0;
        for (int k = 0; k < count - 1; k++) {
            sum += probabilities[k * stride + i];
            if (uniform < sum) {
                return k;
            }
        }
        return count - 1;
    }
}
