package io.driftwood.inference.denoise.conditional;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/**
 * A guess at x given y and an observation o that takes the likelihood at the mean: biased, whatever is done afterwards.
 * <pre>
 *   score = grad log q_v(y) + grad_y log p(o | m(y)),   m(y) = E[x | y],   dm/dy = I + v Hess log q_v(y)
 *   mean  = m + v (I + v Hess log q_v(y)) g,            g = grad log p(o | .) at m
 * </pre>
 * Too sure of itself by what is unknown of x given y: for a normal prior and o = x + e of variance r, it takes the variance of o given y to be r in place of
 * r + Var(x | y). Needs no draws and no density, so it is there for fitted denoisers too; the Jacobian of those is taken to be symmetric.
 *
 * <p>Reference: [1] Chung et al. (2023), Diffusion posterior sampling for general noisy inverse problems. Differs from [1]: the gradient of the log-likelihood itself, without a step size of its
 * own.
 */
public final class PlugInDenoiser implements Denoiser {

    private final Denoiser prior;
    private final Likelihood likelihood;

    public PlugInDenoiser(Denoiser prior, Likelihood likelihood) {
        this.prior = prior;
        this.likelihood = likelihood;
    }

    @Override
    public int dimension() { return prior.dimension(); }

    @Override
    public double leastNoise() { return prior.leastNoise(); }

    @Override
    public double largestNoise() { return prior.largestNoise(); }

    @Override
    public String bias() {
        return (prior.bias().isEmpty() ? "" : prior.bias() + "; ") + "the observation's likelihood is taken at the mean of x given its measurements, plug-in guidance, which is biased";
    }

    @Override
    public void posteriorMean(Particles y, double variance, double[] mean, Scratch scratch) {
        int mark = scratch.mark();
        double[] log = scratch.take(y.stride);
        double[] gradient = scratch.take(y.length());
        double[] curved = scratch.take(y.length());
        prior.posteriorMean(y, variance, mean, scratch);
        Arrays.fill(log, 0, y.stride, 0.0);
        Arrays.fill(gradient, 0, y.length(), 0.0);
        likelihood.add(new Particles(y.size, y.dimension, mean), log, gradient, scratch);
        prior.hessianVector(y, variance, gradient, curved, scratch);
        LaneMath.get().axpy(variance, gradient, 0, mean, 0, y.length());
        LaneMath.get().axpy(variance * variance, curved, 0, mean, 0, y.length());
        scratch.release(mark);
    }
}
