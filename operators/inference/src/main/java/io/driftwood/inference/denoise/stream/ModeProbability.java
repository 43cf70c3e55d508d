package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.model.Predictor;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.summary.Derived;
import io.driftwood.inference.target.GaussianMixture;

/** The probability that x is of component k, given x: its mean over particles is that given the measurements. */
record ModeProbability(GaussianMixture prior, int k) implements Derived {

    @Override
    public String name() { return "mode[" + (k + 1) + "]"; }

    @Override
    public void evaluate(Predictor model, Particles theta, double[] constrained, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(prior.componentCount() * theta.stride);
        double[] logDensity = scratch.take(theta.stride);
        prior.responsibilities(theta, 0, r, logDensity, scratch);
        System.arraycopy(r, k * theta.stride, out, 0, theta.stride);
        scratch.release(mark);
    }
}
