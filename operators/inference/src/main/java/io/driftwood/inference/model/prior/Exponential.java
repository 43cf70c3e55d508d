package io.driftwood.inference.model.prior;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/** Exponential distribution: log p = log rate - rate x on (0, inf). Drawn as -log(u)/rate. */
public final class Exponential implements PriorDensity {

    private final double rate;

    public Exponential(double rate) { this.rate = Constants.requirePositive(rate, "rate"); }

    @Override
    public double low() { return 0; }

    @Override
    public void evaluate(double[] x, int offset, int n, double[] logDensity, double[] first, double[] second, Scratch scratch) {
        if (logDensity != null) {
            double constant = StrictMath.log(rate);
            for (int i = 0; i < n; i++) {
                logDensity[i] += constant - rate * x[offset + i];
            }
        }
        if (first != null) {
            Arrays.fill(first, 0, n, -rate);
        }
        if (second != null) {
            Arrays.fill(second, 0, n, 0.0);
        }
    }

    @Override
    public void sample(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        random.uniforms(step, Purpose.PRIOR, iteration, out, offset, n);
        LaneMath.get().log(out, offset, out, offset, n);
        for (int i = 0; i < n; i++) {
            out[offset + i] /= -rate;
        }
    }
}
