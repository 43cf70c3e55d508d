package io.driftwood.inference.variational;

import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;

/**
 * Where tuning begins for a target far from a standard start: of steps that make a whole turn of a unit oscillator on the way, the half, the quarter, ... of them
 * the one with the highest bound.
 */
public final class FirstSteps {

    private static final int JUDGES = 64;
    private static final int HALVINGS = 6;

    private FirstSteps() {}

    public static PathParameters towards(Target white, Method method, int bridges, Randomness random) {
        AnnealedPaths judges = AnnealedPaths.forSampling(white, method, bridges, JUDGES);
        PathParameters longest = TunedPath.first(PathPlan.of(method, white.dimension(), bridges)).withSteps(Math.min(1, 2 * Math.PI / bridges), method.keepsShare() ? 0.9 : 0.3);
        PathParameters best = longest;
        double highest = Double.NEGATIVE_INFINITY;
        for (int halvings = 0; halvings < HALVINGS; halvings++) {
            PathParameters shorter = longest.withSteps(longest.step() / (1 << halvings), longest.friction());
            judges.run(shorter, random, 0);
            if (judges.meanLogWeight() > highest) {
                highest = judges.meanLogWeight();
                best = shorter;
            }
        }
        return best;
    }
}
