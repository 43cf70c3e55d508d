package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Transition;

/**
 * A stochastic upper bound on the log-normaliser: annealed importance sampling backwards, from exact draws of the target to the
 * reference, estimates 1/Z without bias, so minus its logarithm is not below log Z in expectation. With the forward estimate, which is not
 * above it, the truth is bracketed.
 *
 * <p>Reference: Grosse, Ghahramani and Adams (2015), bidirectional Monte Carlo.
 */
final class Bounds {

    static final Option OPTION = Option.withDefault("bounds", Shape.flag(), false,
            "anneal backwards from exact draws as well, for an upper bound; for targets that have exact draws");

    private Bounds() {}

    static String refusal(Problem problem) {
        return problem.exactSampler().isPresent() ? "" : "has no exact draws, which the upper bound is made from; leave out `bounds`";
    }

    static Evidence above(Evidence evidence, AnnealedWalk walk, Transition transition, Ladder ladder) {
        int rungs = ladder.rungs();
        AnnealedWalk.Outcome back = walk.descend(new FixedTemperatures(ladder.betas()).reversed(),
                CarryWeights.throughout(stage -> ladder.moves()[Math.max(0, rungs - 2 - stage)]), FrozenMover.down(transition, ladder));
        return evidence.below(-back.logEvidence(), back.standardError());
    }
}
