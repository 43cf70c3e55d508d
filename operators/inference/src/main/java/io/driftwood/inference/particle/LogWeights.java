package io.driftwood.inference.particle;

import io.driftwood.inference.numeric.LaneMath;
import java.util.Arrays;

/**
 * Weights of a population, held as logs: {@code log[i]} up to a common constant, {@code normalised[i]} = W_i with sum 1 after
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
     * log w_i += scale * increment_i, and normalises: afterwards log_i = log W_i, so nothing drifts out of range over a long stream.
     * An increment that is NaN or makes the weight infinite counts as -inf: what has no density cannot be weighed.
     *
     * @param spare a buffer of at least {@code size} numbers
     * @return log sum_i W_i e^(scale * increment_i) with the weights W before the call: the log-evidence increment; -inf when no particle survives,
     *     and then the weights are left as they were
     */
    public double reweight(double[] increment, double scale, double[] spare) {
        LaneMath math = LaneMath.get();
        double before = math.logSumExp(log, 0, size);
        System.arraycopy(log, 0, spare, 0, size);
        math.axpy(scale, increment, 0, spare, 0, size);
        for (int i = 0; i < size; i++) {
            spare[i] = spare[i] < Double.POSITIVE_INFINITY ? spare[i] : Double.NEGATIVE_INFINITY;
        }
        double after = math.logSumExp(spare, 0, size);
        if (after == Double.NEGATIVE_INFINITY) {
            return after;
        }
        System.arraycopy(spare, 0, log, 0, size);
        normaliseBy(after);
        return after - before;
    }

    /** W = softmax(log), log = log W. */
    public void normalise() { normaliseBy(LaneMath.get().logSumExp(log, 0, size)); }

    private void normaliseBy(double total) {
        for (int i = 0; i < size; i++) {
            log[i] -= total;
        }
        LaneMath.get().exp(log, 0, normalised, 0, size);
    }

    /** Effective sample size 1 / sum W_i^2, in [1, N]. */
    public double effectiveSampleSize() {
        return 1.0 / LaneMath.get().dot(normalised, 0, normalised, 0, size);
    }
}
