package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Mover;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Rejuvenation;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.target.Target;
import java.util.function.IntUnaryOperator;

/**
 * Moves the particles and carries their weights on: annealed importance sampling. Particles stay independent of each other as long as
 * nothing is adapted to them; momenta of a transition that has them live on from stage to stage.
 */
final class CarryWeights implements Rejuvenation {

    private final IntUnaryOperator moves;

    private final boolean alone;

    private CarryWeights(IntUnaryOperator moves, boolean alone) {
        this.moves = moves;
        this.alone = alone;
    }

    /**
     * At every stage of a walk.
     *
     * @param moves by stage, counted from 0
     */
    static CarryWeights throughout(IntUnaryOperator moves) { return new CarryWeights(moves, true); }

    /** At some stages of a walk, between others that resample: momenta begin anew. */
    static CarryWeights atTimes(int moves) { return new CarryWeights(stage -> moves, false); }

    @Override
    public void rejuvenate(PosteriorState state, Target target, Mover mover, int stage, StepInfo info, Scratch scratch) {
        mover.fitNextMass(state.particles, state.weights, state.tuning, scratch);
        if (stage == 0 || !alone) {
            mover.begin(state.particles, target, state.tuning, state.randomness(), state.step, Rejuvenation.iteration(stage, 0), info.moves, scratch);
        } else {
            mover.evaluate(target, info.moves, scratch);
        }
        for (int move = 0; move < moves.applyAsInt(stage); move++) {
            mover.move(target, state.tuning, state.randomness(), state.step, Rejuvenation.iteration(stage, move), info.moves, scratch);
        }
        mover.takeUpNextMass(state.tuning);
    }

    @Override
    public int chains(int size) { return size; }

    @Override
    public boolean resamples(LogWeights weights) { return false; }
}
