package io.driftwood.inference.model.prior;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/** The improper density 1 on the whole line. Evidence under it is known up to the unit of the parameter. */
public final class Flat implements PriorDensity {

    @Override
    public boolean isProper() { return false; }

    @Override
    public void evaluate(double[] x, int offset, int n, double[] logDensity, double[] first, double[] second, Scratch scratch) {
        zero(first, n);
        zero(second, n);
    }

    static void zero(double[] a, int n) {
        if (a != null) {
            Arrays.fill(a, 0, n, 0.0);
        }
    }

    @Override
    public void sample(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        throw new UnsupportedOperationException("a flat prior is improper: there is nothing to draw from");
    }
}
