package io.driftwood.inference.target;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.denoise.function.FittedDenoiser;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.Optional;

/** What a fitted denoiser knows of its data: the score at the noise it was fitted at, no density. Begun from the normal with the data's mean and scale. */
public record DenoiserProblem(FittedDenoiser fitted) implements Problem {

    /** Seen through the least noise. */
    @Override
    public SmoothedTarget target() { return new SmoothedTarget(fitted, fitted.leastNoise() * fitted.leastNoise()); }

    @Override
    public GaussianTarget reference() {
        double[] sd = new double[fitted.dimension()];
        Arrays.fill(sd, fitted.frame().scale());
        return GaussianTarget.independent(fitted.frame().mean(), sd);
    }

    @Override
    public Optional<Denoiser> denoiser(Randomness random) { return Optional.of(fitted); }
}
