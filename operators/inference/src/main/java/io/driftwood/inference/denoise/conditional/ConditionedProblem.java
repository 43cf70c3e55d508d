package io.driftwood.inference.denoise.conditional;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.target.Target;
import java.util.List;
import java.util.Optional;

/**
 * x given an observation, p(x | o) proportional to p(x) p(o | x), with what there is of its denoiser. Its normaliser is the evidence of o.
 *
 * @param draws weighted draws behind every mean; 0 for plug-in guidance
 */
public record ConditionedProblem(Problem prior, Likelihood likelihood, int draws) implements Problem {

    private static final long OWN = 1;

    public ConditionedProblem {
        if (prior.target().dimension() != likelihood.dimension()) {
            throw new IllegalArgumentException("the prior has " + prior.target().dimension() + " coordinates, and the observation is one of " + likelihood.dimension());
        }
    }

    @Override
    public Target target() { return new Product(prior.target(), likelihood); }

    @Override
    public List<String> names() { return prior.names(); }

    @Override
    public GaussianTarget reference() { return prior.reference(); }

    @Override
    public Optional<Denoiser> denoiser(Randomness random) {
        return prior.denoiser(random).map(denoiser -> draws == 0 ? new PlugInDenoiser(denoiser, likelihood)
                : new ImportanceDenoiser(denoiser, likelihood, draws, random.branch(OWN)));
    }

    /** log p(x) + log p(o | x). */
    private record Product(Target prior, Likelihood likelihood) implements Target {

        @Override
        public int dimension() { return prior.dimension(); }

        @Override
        public boolean hasDensity() { return prior.hasDensity(); }

        @Override
        public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
            prior.evaluate(x, logDensity, score, scratch);
            likelihood.add(x, logDensity, score, scratch);
        }

        @Override
        public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
            prior.hessianVector(x, v, out, scratch);
            likelihood.addHessianVector(x, v, out, scratch);
        }
    }
}
