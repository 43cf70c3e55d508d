package io.driftwood.inference.particle;

import io.driftwood.inference.numeric.LaneMath;
import java.util.Arrays;

/**
 * Weights of a population, held as logs: {@code log[i]} unnormalised, {@code normalised[i]} = W_i with sum 1 after
 * {@link #normalise}. Both have length stride; the padding lanes have log-weight -inf and weight 0.
 */
public final class LogWeights {

    public final int size;
    public final double[] log;
    public final double[] normalised;

    public LogWeights(int size) {
        this.size = size;
        this.log = new double[Particles.strideOf(size)];
        this.normalised = new double[log.length];
        setUniform();
    }

    /** log w_i = 0, W_i = 1/N. */
    public void setUniform() {
        Arrays.fill(log, 0, size, 0.0);
        Arrays.fill(log, size, log.length, Double.NEGATIVE_INFINITY);
        Arrays.fill(normalised, 0, size, 1.0 / size);
        Arrays.fill(normalised, size, normalised.length, 0.0);
    }

    /**
     * log w_i += scale * increment_i, and normalises. A NaN increment counts as -inf.
     *
     * @return log sum_i W_i e^(scale * increment_i) with the weights W before the call: the log-evidence increment; -inf when no particle survives,
     *     and then the weights are left as they were
     */
    public double reweight(double[] increment, double scale, double[] spare) {
        LaneMath math = LaneMath.get();
        double before = math.logSumExp(log, 0, size);
        System.arraycopy(log, 0, spare, 0, log.length);
        for (int i = 0; i < size; i++) {
            double next = Math.fma(scale, increment[i], spare[i]);
            spare[i] = next == next ? next : Double.NEGATIVE_INFINITY;
        }
        double after = math.logSumExp(spare, 0, size);
        if (!(after > Double.NEGATIVE_INFINITY)) {
            return Double.NEGATIVE_INFINITY;
        }
        // Keep the largest log-weight near 0 so that nothing drifts out of range over a long stream.
        for (int i = 0; i < size; i++) {
            log[i] = spare[i] - after;
        }
        normalise();
        return after - before;
    }

    /** W = softmax(log). */
    public void normalise() {
        LaneMath math = LaneMath.get();
        double total = math.logSumExp(log, 0, size);
        for (int i = 0; i < size; i++) {
            normalised[i] = log[i] - total;
        }
        math.exp(normalised, 0, normalised, 0, size);
    }

    /** Effective sample size 1 / sum W_i^2, in [1, N]. */
    public double effectiveSampleSize() {
        return 1.0 / LaneMath.get().dot(normalised, 0, normalised, 0, size);
    }
}
