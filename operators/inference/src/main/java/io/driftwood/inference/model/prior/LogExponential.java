package io.driftwood.inference.model.prior;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/**
 * The distribution of log g, g exponential with mean e^logMean: with t = x - logMean, log p = t - e^t. Its mean is logMean minus
 * Euler's constant, its sd pi/sqrt(6). Robert and Casella (2004), example 1.13, put it on the intercept of the O-ring regression.
 */
public final class LogExponential implements PriorDensity {

    private final double logMean;

    public LogExponential(double logMean) { this.logMean = Constants.requireFinite(logMean, "logMean"); }

    @Override
    public void evaluate(double[] x, int offset, int n, double[] logDensity, double[] first, double[] second, Scratch scratch) {
        int mark = scratch.mark();
        double[] g = scratch.take(n);
        for (int i = 0; i < n; i++) {
            g[i] = x[offset + i] - logMean;
        }
        LaneMath.get().exp(g, 0, g, 0, n);
        for (int i = 0; i < n; i++) {
            if (logDensity != null) {
                logDensity[i] += x[offset + i] - logMean - g[i];
            }
            if (first != null) {
                first[i] = 1 - g[i];
            }
            if (second != null) {
                second[i] = -g[i];
            }
        }
        scratch.release(mark);
    }

    @Override
    public void sample(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        random.uniforms(step, Purpose.PRIOR, iteration, out, offset, n);
        LaneMath.get().log(out, offset, out, offset, n);
        for (int i = 0; i < n; i++) {
            out[offset + i] = -out[offset + i];
        }
        LaneMath.get().log(out, offset, out, offset, n);
        for (int i = 0; i < n; i++) {
            out[offset + i] += logMean;
        }
    }
}
