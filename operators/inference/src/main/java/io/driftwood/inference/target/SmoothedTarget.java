package io.driftwood.inference.target;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** log q_v of a {@link Denoiser} at a noise variance v, which may be changed between evaluations. */
public final class SmoothedTarget implements Target {

    private final Denoiser denoiser;
    private double variance;

    public SmoothedTarget(Denoiser denoiser, double variance) {
        this.denoiser = denoiser;
        at(variance);
    }

    /** At this noise variance from now on. */
    public SmoothedTarget at(double variance) {
        if (!(variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the noise variance must be finite and at least 0, not " + variance);
        }
        this.variance = variance;
        return this;
    }

        @Override
    public int dimension() { return denoiser.dimension(); }

    @Override
    public boolean hasDensity() { return denoiser.hasDensity(); }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        denoiser.evaluate(x, variance, logDensity, score, scratch);
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        denoiser.hessianVector(x, variance, v, out, scratch);
    }
}
