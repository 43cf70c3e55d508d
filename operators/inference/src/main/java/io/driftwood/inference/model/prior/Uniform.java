package io.driftwood.inference.model.prior;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/** Uniform distribution on (low, high). */
public final class Uniform implements PriorDensity {

    private final double low;
    private final double high;

    public Uniform(double low, double high) {
        this.low = Constants.requireFinite(low, "low");
        this.high = Constants.requireFinite(high, "high");
        if (!(low < high)) {
            throw new IllegalArgumentException("low must be below high, not " + low + " and " + high);
        }
    }

    @Override
    public double low() { return low; }

    @Override
    public double high() { return high; }

    @Override
    public void evaluate(double[] x, int offset, int n, double[] logDensity, double[] first, double[] second, Scratch scratch) {
        if (logDensity != null) {
            double constant = -StrictMath.log(high - low);
            for (int i = 0; i < n; i++) {
                logDensity[i] += constant;
            }
        }
        Flat.zero(first, n);
        Flat.zero(second, n);
    }

    @Override
    public void sample(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        random.uniforms(step, Purpose.PRIOR, iteration, out, offset, n);
        for (int i = 0; i < n; i++) {
            out[offset + i] = low + (high - low) * out[offset + i];
        }
    }
}
