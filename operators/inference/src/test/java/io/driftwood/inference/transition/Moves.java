package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;

/** A population taken up and moved, as whoever uses a transition does it. */
final class Moves {

    final Cloud cloud = new Cloud();
    final MoveInfo info = new MoveInfo();
    final Scratch scratch = new Scratch();
    private final Cloud spare = new Cloud();
    private final Transition transition;
    private final Target target;
    private final Tuning tuning;
    private final Randomness random;
    private int iteration;

    Moves(Transition transition, Target target, Tuning tuning, Particles x, long seed) {
        this.transition = transition;
        this.target = target;
        this.tuning = tuning;
        this.random = Randomness.of(seed, "moves");
        cloud.over(x);
        target.evaluate(x, cloud.logDensity(), cloud.score(), scratch);
        transition.refresh(cloud, target, tuning, random, 17, 0, scratch);
    }

    Moves move(int moves) {
        for (int k = 0; k < moves; k++) {
            transition.move(cloud, spare, target, tuning, random, 17, iteration++, info, scratch);
        }
        return this;
    }

    static Tuning tuning(double step, double... lower) {
        Tuning tuning = new Tuning();
        tuning.stepSize = step;
        tuning.lower = lower;
        return tuning;
    }
}
