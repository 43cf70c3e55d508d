package io.driftwood.inference.model;

import io.driftwood.inference.model.bijector.LogisticTerm;
import io.driftwood.inference.model.bijector.Simplex;
import java.util.stream.IntStream;

/**
 * The symmetric Dirichlet prior of a {@link Simplex} of K weights, density proportional to prod x_k^(concentration - 1); its broken sticks are
 * independent, v_k ~ Beta(concentration, concentration (K-1-k)).
 */
public final class DirichletPrior extends SeparablePrior {

    public DirichletPrior(int weights, double concentration) {
        super(IntStream.range(0, weights - 1)
                .mapToObj(k -> new LogisticTerm(concentration, concentration * (weights - 1 - k), 1, Simplex.centre(weights, k)))
                .toArray(LogisticTerm[]::new));
    }
}
