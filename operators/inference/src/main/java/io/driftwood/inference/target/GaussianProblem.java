package io.driftwood.inference.target;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Optional;
import java.util.OptionalDouble;

/** A normal distribution. */
record GaussianProblem(GaussianTarget target) implements Problem {

    @Override
    public Optional<Denoiser> denoiser(Randomness random) {
        return Optional.of(GaussianMixture.full(new double[] {1}, new double[][] {target.mean()}, new double[][] {target.covariance()}));
    }

    @Override
    public Optional<ExactSampler> exactSampler() {
        return Optional.of((x, random, step, iteration, scratch) -> target.sample(x, random, step, Purpose.SIMULATE, iteration, scratch));
    }

    @Override
    public OptionalDouble logNormaliser() { return OptionalDouble.of(0); }
}
