package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Mover;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Tuning;

/** Moves with the tuning that another run learnt, rung by rung, and learns nothing: the kernels do not depend on the particles they move. For one walk. */
final class FrozenMover extends Mover {

    private final Ladder ladder;
    private final int first;
    private final int direction;
    private int rejuvenations;

    private FrozenMover(Transition transition, Ladder ladder, int first, int direction) {
        super(transition, false, false);
        this.ladder = ladder;
        this.first = first;
        this.direction = direction;
    }

    static FrozenMover up(Transition transition, Ladder ladder) { return new FrozenMover(transition, ladder, 0, 1); }

    /** From the target to the reference; the first move is made one rung below the top. */
    static FrozenMover down(Transition transition, Ladder ladder) { return new FrozenMover(transition, ladder, ladder.rungs() - 2, -1); }

    @Override
    public void fitNextMass(Particles x, LogWeights weights, Tuning tuning, Scratch scratch) {
        Tuning learnt = ladder.tuning(Math.max(0, first + direction * rejuvenations++));
        tuning.stepSize = learnt.stepSize;
        tuning.lower = learnt.lower.clone();
    }

    @Override
    public void takeUpNextMass(Tuning tuning) {}

    @Override
    public void adapt(Tuning tuning, double acceptance, int dimension) {}
}
