package io.driftwood.inference.model.prior;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;

/** log x ~ N(location, scale^2) on (0, inf): log p = log N(log x | location, scale^2) - log x. */
public final class LogNormal implements PriorDensity {

    private final Normal ofLog;
    private final double location;
    private final double precision;

    public LogNormal(double location, double scale) {
        this.ofLog = new Normal(location, scale);
        this.location = location;
        this.precision = 1 / (scale * scale);
    }

    @Override
    public double low() { return 0; }

    @Override
    public void evaluate(double[] x, int offset, int n, double[] logDensity, double[] first, double[] second, Scratch scratch) {
        int mark = scratch.mark();
        double[] logX = scratch.take(n);
        LaneMath.get().log(x, offset, logX, 0, n);
        if (logDensity != null) {
            ofLog.evaluate(logX, 0, n, logDensity, null, null, scratch);
            for (int i = 0; i < n; i++) {
                logDensity[i] -= logX[i];
            }
        }
        if (first != null) {
            for (int i = 0; i < n; i++) {
                first[i] = -(precision * (logX[i] - location) + 1) / x[offset + i];
            }
        }
        if (second != null) {
            for (int i = 0; i < n; i++) {
                second[i] = (precision * (logX[i] - location) + 1 - precision) / (x[offset + i] * x[offset + i]);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void sample(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        sampleLog(out, offset, n, random, step, iteration, scratch);
        LaneMath.get().exp(out, offset, out, offset, n);
    }

    @Override
    public void sampleLog(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        ofLog.sample(out, offset, n, random, step, iteration, scratch);
    }
}
