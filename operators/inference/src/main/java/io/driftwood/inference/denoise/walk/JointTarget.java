package io.driftwood.inference.denoise.walk;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * p(y_1..y_m) for m measurements y_i = x + sigma z_i of one x ~ p, up to a constant, on R^(m d) with coordinate j of measurement i at i*d + j:
 * <pre>
 *   log p = log q_(sigma/sqrt m)(c) - sum_i |y_i - c|^2 / (2 sigma^2),   c = mean of y_1..y_m
 *   score_i = (1/m) grad log q_(sigma/sqrt m)(c) - (y_i - c) / sigma^2 = (E[x | y_1..y_m] - y_i) / sigma^2
 * </pre>
 * For p = N(0, tau^2 I) the covariance is sigma^2 I + tau^2 1 1^T for each coordinate: its condition number 1 + m tau^2/sigma^2 grows with m, which is why
 * {@link SequentialMeasurements} takes them one after the other. Reference: [1] Saremi and Srivastava (2022), Multimeasurement generative models. Differs from [1]: nothing.
 */
public final class JointTarget implements Target {

    private final Denoiser denoiser;
    private final double noiseVariance;
    private final int measurements;

    public JointTarget(Denoiser denoiser, double sigma, int measurements) {
        if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY && measurements > 0)) {
            throw new IllegalArgumentException("needs a positive noise scale and a measurement");
        }
        this.denoiser = denoiser;
        this.noiseVariance = sigma * sigma;
        this.measurements = measurements;
    }

    @Override
    public int dimension() { return measurements * denoiser.dimension(); }

    /** sigma^2 / m. */
    public double variance() { return noiseVariance / measurements; }

    /** c of every particle. */
    public void mean(double[] y, Particles out) {
        int length = out.length();
        Arrays.fill(out.values, 0, length, 0);
        for (int i = 0; i < measurements; i++) {
            LaneMath.get().axpy(1.0 / measurements, y, i * length, out.values, 0, length);
        }
    }

    @Override
    public void evaluate(Particles y, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        int length = denoiser.dimension() * y.stride;
        Particles mean = new Particles(y.size, denoiser.dimension(), scratch.take(length));
        double[] own = scratch.take(length);
        double[] residual = scratch.take(y.length());
        mean(y.values, mean);
        denoiser.evaluate(mean, variance(), logDensity, score == null ? null : own, scratch);
        System.arraycopy(y.values, 0, residual, 0, y.length());
        for (int i = 0; i < measurements; i++) {
            LaneMath.get().axpy(-1, mean.values, 0, residual, i * length, length);
        }
        LaneMath.get().addColumnSquares(residual, y.dimension, y.stride, y.stride, -0.5 / noiseVariance, logDensity);
        for (int i = 0; score != null && i < measurements; i++) {
            System.arraycopy(own, 0, score, i * length, length);
            LaneMath.get().axpby(-1 / noiseVariance, residual, i * length, 1.0 / measurements, score, i * length, length);
        }
        scratch.release(mark);
    }

    /** H v, of measurement i: (1/m) Hess log q (mean of v) - (v_i - mean of v) / sigma^2. */
    @Override
    public void hessianVector(Particles y, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        int length = denoiser.dimension() * y.stride;
        Particles mean = new Particles(y.size, denoiser.dimension(), scratch.take(length));
        Particles direction = new Particles(y.size, denoiser.dimension(), scratch.take(length));
        double[] own = scratch.take(length);
        mean(y.values, mean);
        mean(v, direction);
        denoiser.hessianVector(mean, variance(), direction.values, own, scratch);
        for (int i = 0; i < measurements; i++) {
            System.arraycopy(v, i * length, out, i * length, length);
            LaneMath.get().axpby(1 / noiseVariance, direction.values, 0, -1 / noiseVariance, out, i * length, length);
            LaneMath.get().axpy(1.0 / measurements, own, 0, out, i * length, length);
        }
        scratch.release(mark);
    }
}
