package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/**
 * Moves and weighs a population, tile by tile, so that what a tile's steps write is still at hand for the next:
 * <pre>
 *   x_i ~ q(. | x_i, y),   w_i *= g(y | x_i) f / q,   log p += log sum w_i,   W = w / sum w
 * </pre>
 */
final class Propagation {

    private final Proposal proposal;
    private final ParticleNumbers numbers;
    private final Weighing weighing = new Weighing();
    private final Tiles tiles = new Tiles();

    Propagation(Proposal proposal, ParticleNumbers numbers) {
        this.proposal = proposal;
        this.numbers = numbers;
    }

    /** @return whether some particle explains y; when none does, particles have moved and weights are as they were */
    boolean moveAndWeigh(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        double[] logIncrement = scratch.take(Weighing.TILE);
        open(state);
        for (int t = 0; t < tilesInUse(state); t++) {
            proposal.move(tiles.load(t), y, moment, logIncrement, state.randomness(), state.step, t, scratch);
            tiles.store(t);
            weighing.add(logIncrement);
        }
        scratch.release(mark);
        return account(state, info);
    }

    /** Time goes on, and nothing was measured. */
    void coast(PosteriorState state, Moment moment, Scratch scratch) {
        tiles.open(state.particles);
        for (int t = 0; t < tilesInUse(state); t++) {
            proposal.coast(tiles.load(t), moment, state.randomness(), state.step, t, scratch);
            tiles.store(t);
        }
    }

    /** Weighs a population that is where it should be; all of it. */
    boolean weigh(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        double[] logIncrement = scratch.take(Weighing.TILE);
        open(state);
        for (int t = 0; t < tiles.count(); t++) {
            proposal.weighFirst(tiles.load(t), y, moment, logIncrement, scratch);
            tiles.store(t);
            weighing.add(logIncrement);
        }
        scratch.release(mark);
        return account(state, info);
    }

    private void open(PosteriorState state) {
        weighing.open(state.weights);
        tiles.open(state.particles);
    }

    private int tilesInUse(PosteriorState state) { return Math.min(tiles.count(), (numbers.active(state) + Weighing.TILE - 1) / Weighing.TILE); }

    private boolean account(PosteriorState state, StepInfo info) {
        double increment = weighing.close();
        if (increment == Double.NEGATIVE_INFINITY) {
            return false;
        }
        state.logEvidence += increment;
        info.logEvidenceIncrement = increment;
        return true;
    }
}
