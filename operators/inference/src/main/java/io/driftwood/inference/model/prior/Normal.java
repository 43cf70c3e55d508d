package io.driftwood.inference.model.prior;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/** N(mean, sd^2): log p = -z^2/2 - log sd - log sqrt(2 pi), z = (x - mean)/sd. */
public final class Normal implements PriorDensity {

    private final double mean;
    private final double sd;
    private final double precision;
    /** -log sd - log sqrt(2 pi). */
    private final double constant;

    public Normal(double mean, double sd) {
        this.mean = Constants.requireFinite(mean, "mean");
        this.sd = Constants.requirePositive(sd, "sd");
        this.precision = 1 / (sd * sd);
        this.constant = -StrictMath.log(sd) - Constants.HALF_LOG_TWO_PI;
    }

    public double mean() { return mean; }

    public double sd() { return sd; }

    @Override
    public void evaluate(double[] x, int offset, int n, double[] logDensity, double[] first, double[] second, Scratch scratch) {
        if (logDensity != null) {
            for (int i = 0; i < n; i++) {
                double away = x[offset + i] - mean;
                logDensity[i] += constant - 0.5 * precision * away * away;
            }
        }
        if (first != null) {
            for (int i = 0; i < n; i++) {
                first[i] = -precision * (x[offset + i] - mean);
            }
        }
        if (second != null) {
            Arrays.fill(second, 0, n, -precision);
        }
    }

    @Override
    public void sample(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        random.normals(step, Purpose.PRIOR, iteration, out, offset, n);
        for (int i = 0; i < n; i++) {
            out[offset + i] = mean + sd * out[offset + i];
        }
    }
}
