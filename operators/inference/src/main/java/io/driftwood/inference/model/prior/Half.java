package io.driftwood.inference.model.prior;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;

/** The distribution of |x| for x symmetric about 0: twice the density on (0, inf). */
public final class Half implements PriorDensity {

    private final PriorDensity symmetric;

    private Half(PriorDensity symmetric) { this.symmetric = symmetric; }

    public static Half normal(double sd) { return new Half(new Normal(0, sd)); }

    public static Half cauchy(double scale) { return new Half(new StudentT(1, 0, scale)); }

    public static Half studentT(double degreesOfFreedom, double scale) { return new Half(new StudentT(degreesOfFreedom, 0, scale)); }

    @Override
    public double low() { return 0; }

    @Override
    public void evaluate(double[] x, int offset, int n, double[] logDensity, double[] first, double[] second, Scratch scratch) {
        symmetric.evaluate(x, offset, n, logDensity, first, second, scratch);
        if (logDensity != null) {
            for (int i = 0; i < n; i++) {
                logDensity[i] += Constants.LOG_TWO;
            }
        }
    }

    @Override
    public void sample(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        symmetric.sample(out, offset, n, random, step, iteration, scratch);
        for (int i = 0; i < n; i++) {
            out[offset + i] = Math.abs(out[offset + i]);
        }
    }
}
