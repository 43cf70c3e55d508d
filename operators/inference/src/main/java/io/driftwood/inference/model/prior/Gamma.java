package io.driftwood.inference.model.prior;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;

/**
 * Gamma distribution: log p = (a-1) log x - b x + a log b - log Gamma(a) on (0, inf), mean a/b.
 *
 * <p>Drawn as log x = log g + log(u)/a - log b, g from a Gamma(a + 1) by Commons RNG: exact for every shape (Marsaglia and Tsang 2000,
 * section 6), and it keeps shapes like 0.01, whose draws underflow, on the log scale where they are needed.
 */
public final class Gamma implements PriorDensity {

    private final double shape;
    private final double rate;
    private final double constant;

    public Gamma(double shape, double rate) {
        this.shape = Constants.requirePositive(shape, "shape");
        this.rate = Constants.requirePositive(rate, "rate");
        this.constant = shape * StrictMath.log(rate) - Constants.logGamma(shape);
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
                logDensity[i] += (shape - 1) * logX[i] - rate * x[offset + i] + constant;
            }
            scratch.release(mark);
        }
        if (first != null) {
            for (int i = 0; i < n; i++) {
                first[i] = (shape - 1) / x[offset + i] - rate;
            }
        }
        if (second != null) {
            for (int i = 0; i < n; i++) {
                second[i] = -(shape - 1) / (x[offset + i] * x[offset + i]);
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
        UniformRandomProvider source = random.provider(step, Purpose.PRIOR, iteration);
        SharedStateContinuousSampler gamma = AhrensDieterMarsagliaTsangGammaSampler.of(source, shape + 1, 1);
        for (int i = 0; i < n; i++) {
            double g = gamma.sample();
            // 1 - u is in (0, 1]: its log is finite.
            out[offset + i] = StrictMath.log(g) + StrictMath.log(1 - source.nextDouble()) / shape - StrictMath.log(rate);
        }
    }
}
