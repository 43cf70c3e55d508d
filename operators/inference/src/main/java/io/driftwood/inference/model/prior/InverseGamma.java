package io.driftwood.inference.model.prior;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;

/**
 * Inverse gamma distribution, that of 1/g with g ~ Gamma(a, rate b): log p = -(a+1) log x - b/x + a log b - log Gamma(a) on (0, inf),
 * mean b/(a-1).
 */
public final class InverseGamma implements PriorDensity {

    private final double shape;
    private final double scale;
    private final Gamma reciprocal;
    private final double constant;

    public InverseGamma(double shape, double scale) {
        this.shape = Constants.requirePositive(shape, "shape");
        this.scale = Constants.requirePositive(scale, "scale");
        this.reciprocal = new Gamma(shape, scale);
        this.constant = shape * StrictMath.log(scale) - Constants.logGamma(shape);
    }

    @Override
    public double low() { return 0; }

    @Override
    public void evaluate(double[] x, int offset, int n, double[] logDensity, double[] first, double[] second, Scratch scratch) {
        if (logDensity != null) {
            int mark = scratch.mark();
            double[] logX = scratch.take(n);
            LaneMath.get().log(x, offset, logX, 0, n);
            for (int i = 0; i < n; i++) {
                logDensity[i] += constant - (shape + 1) * logX[i] - scale / x[offset + i];
            }
            scratch.release(mark);
        }
        if (first != null) {
            for (int i = 0; i < n; i++) {
                double inverse = 1 / x[offset + i];
                first[i] = inverse * (scale * inverse - (shape + 1));
            }
        }
        if (second != null) {
            for (int i = 0; i < n; i++) {
                double inverse = 1 / x[offset + i];
                second[i] = inverse * inverse * ((shape + 1) - 2 * scale * inverse);
            }
        }
    }

    @Override
    public void sample(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        sampleLog(out, offset, n, random, step, iteration, scratch);
        LaneMath.get().exp(out, offset, out, offset, n);
    }

    @Override
    public void sampleLog(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        reciprocal.sampleLog(out, offset, n, random, step, iteration, scratch);
        for (int i = 0; i < n; i++) {
            out[offset + i] = -out[offset + i];
        }
    }
}
