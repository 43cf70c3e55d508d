package io.driftwood.inference.target;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.random.Randomness;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** A target with what is known about it. */
public interface Problem {

    /** A target of its own for every call, because some carry what they are looked at with: a temperature, rows, a noise variance. */
    Target target();

    /** Names of the coordinates; x1, x2, ... unless they have better ones. */
    default List<String> names() { return IntStream.rangeClosed(1, target().dimension()).mapToObj(j -> "x" + j).toList(); }

    /**
     * A normalised start for annealing; the standard normal unless the problem states another.
     *
     * @throws UnsupportedOperationException on any domain but R^d
     */
    default GaussianTarget reference() {
        Target target = target();
        if (target.domain() != Domain.REAL) {
            throw new UnsupportedOperationException("a normal start has no place on " + target.domain());
        }
        return GaussianTarget.standard(target.dimension());
    }

    /** The distribution seen through noise, where that is known. One of its own for every run, because some average over draws of their own. */
    default Optional<Denoiser> denoiser(Randomness random) { return Optional.empty(); }

    /** Independent exact draws, where there is a way to make them. */
    default Optional<ExactSampler> exactSampler() { return Optional.empty(); }

    /** log of the integral of e^log-density, where it is known; on a finite space log of the sum. */
    default OptionalDouble logNormaliser() { return OptionalDouble.empty(); }
}
