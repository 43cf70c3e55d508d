package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;

/**
 * p(y_k | y_1..y_(k-1)) for measurements y = x + sigma z of one x ~ p, up to a constant, every particle with a history of its own:
 * <pre>
 *   c_k = c_(k-1) + (y_k - c_(k-1)) / k
 *   log p = log q_(sigma/sqrt k)(c_k) - (k-1)/(2 k sigma^2) |y_k - c_(k-1)|^2
 *   score = (1/k) grad log q_(sigma/sqrt k)(c_k) - (k-1)/(k sigma^2) (y_k - c_(k-1)) = (E[x | y_1..y_k] - y_k) / sigma^2
 *   Hess  = (1/k^2) Hess log q_(sigma/sqrt k)(c_k) - (k-1)/(k sigma^2) I
 * </pre>
 * Where q_sigma is log-concave so, in expectation, is every later conditional. Reference: [1] Saremi, Park and Bach (2023). Differs from [1]: nothing.
 */
public final class MeasurementTarget implements Target {

    private final Denoiser denoiser;
    private final double noiseVariance;
    private final Particles mean;
    private int taken;

    /** Before the first of a population's measurements. */
    public MeasurementTarget(Denoiser denoiser, double sigma, int size) {
        if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a noise scale must be positive and finite, not " + sigma);
        }
        this.denoiser = denoiser;
        this.noiseVariance = sigma * sigma;
        this.mean = new Particles(size, denoiser.dimension());
    }

    /** The places become the next measurements. */
    public void take(Particles y) {
        towards(y, mean.values);
        taken++;
    }

    /** Mean of the measurements taken, the place of a single one of noise variance {@link #variance}. */
    public Particles mean() { return mean; }

    /** sigma^2 / k after k measurements. */
    public double variance() { return noiseVariance / taken; }

    @Override
    public int dimension() { return denoiser.dimension(); }

    /** out = c_k for k = taken + 1. */
    private void towards(Particles y, double[] out) {
        double share = 1.0 / (taken + 1);
        for (int at = 0; at < y.length(); at++) {
            out[at] = Math.fma(share, y.values[at] - mean.values[at], mean.values[at]);
        }
    }

    @Override
    public void evaluate(Particles y, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        int k = taken + 1;
        double pull = taken / (k * noiseVariance);
        double[] values = scratch.take(y.length());
        double[] difference = scratch.take(y.length());
        towards(y, values);
        denoiser.evaluate(new Particles(y.size, y.dimension, values), noiseVariance / k, logDensity, score, scratch);
        System.arraycopy(y.values, 0, difference, 0, y.length());
        LaneMath.get().axpy(-1, mean.values, 0, difference, 0, y.length());
        LaneMath.get().addColumnSquares(difference, y.dimension, y.stride, y.stride, -0.5 * pull, logDensity);
        if (score != null) {
            LaneMath.get().axpby(-pull, difference, 0, 1.0 / k, score, 0, y.length());
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles y, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        int k = taken + 1;
        double[] values = scratch.take(y.length());
        towards(y, values);
        denoiser.hessianVector(new Particles(y.size, y.dimension, values), noiseVariance / k, v, out, scratch);
        LaneMath.get().axpby(-taken / (k * noiseVariance), v, 0, 1.0 / ((double) k * k), out, 0, y.length());
        scratch.release(mark);
    }
}
