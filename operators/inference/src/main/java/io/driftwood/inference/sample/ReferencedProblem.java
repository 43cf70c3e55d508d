package io.driftwood.inference.sample;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.ExactSampler;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A problem that is begun from another reference than its own. */
public record ReferencedProblem(Problem problem, GaussianTarget reference) implements Problem {

    public ReferencedProblem {
        if (problem.target().domain() != Domain.REAL || reference.dimension() != problem.target().dimension()) {
            throw new IllegalArgumentException("a normal reference of " + reference.dimension() + " dimensions for a target of "
                    + problem.target().dimension() + " on " + problem.target().domain());
        }
    }

    @Override
    public Target target() { return problem.target(); }

    @Override
    public Optional<Denoiser> denoiser(Randomness random) { return problem.denoiser(random); }

    @Override
    public List<String> names() { return problem.names(); }

    @Override
    public Optional<ExactSampler> exactSampler() { return problem.exactSampler(); }

    @Override
    public OptionalDouble logNormaliser() { return problem.logNormaliser(); }
}
