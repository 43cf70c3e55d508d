package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.Resampler;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.transition.Tuning;

/**
 * Resample N ancestors, then move every particle until the population has really moved: until the mean squared jump in units
 * of the posterior's variances,
 * <pre>   J = mean_i sum_j (x_ij - x0_ij)^2 / var_j,   </pre>
 * reaches a share of 2d, which is its expectation between independent draws. A fixed number of moves is the same with an
 * unreachable share.
 *
 * <p>Reference: Gilks and Berzuini (2001), resample-move. The stopping rule looks at the whole population, so it costs O(1/N) bias.
 */
final class ResampleMove implements Rejuvenation {

    private final Resampler resampler;
    private final int maxMoves;
    private final double moved;

    /** @param moved share of the independent squared jump to reach; infinity for exactly {@code maxMoves} moves */
    ResampleMove(Resampler resampler, int maxMoves, double moved) {
        this.resampler = resampler;
        this.maxMoves = maxMoves;
        this.moved = moved;
    }

    @Override
    public void rejuvenate(PosteriorState state, Target target, Mover mover, int stage, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = state.particles;
        Randomness random = state.randomness();
        mover.fitNextMass(x, state.weights, state.tuning, scratch);
        resample(state, random, stage, scratch);

        double[] start = scratch.take(x.length());
        System.arraycopy(x.values, 0, start, 0, x.length());
        mover.begin(x, target, state.tuning, random, state.step, Rejuvenation.iteration(stage, 0), info.moves, scratch);
        for (int move = 0; move < maxMoves; move++) {
            mover.move(target, state.tuning, random, state.step, Rejuvenation.iteration(stage, move), info.moves, scratch);
            if (squaredJump(x, start, state.tuning, scratch) >= moved * 2 * x.dimension) {
                break;
            }
        }
        mover.takeUpNextMass(state.tuning);
        mover.weigh(x, mover.score(target, info.moves, scratch), state.weights, scratch);
        scratch.release(mark);
    }

    private void resample(PosteriorState state, Randomness random, int stage, Scratch scratch) {
        int mark = scratch.mark();
        int n = state.particles.size;
        int[] ancestors = scratch.takeIndices(n);
        double[] spare = scratch.take(4 * n + 16);
        resampler.resample(state.weights.normalised, n, ancestors, n, random, state.step, stage, spare);
        state.particles.gather(ancestors, spare);
        state.weights.setUniform();
        scratch.release(mark);
    }

    /** Mean over particles of sum_j (x_ij - x0_ij)^2 / C_jj, C = L L^T. */
    private static double squaredJump(Particles x, double[] start, Tuning tuning, Scratch scratch) {
        int mark = scratch.mark();
        double[] ones = scratch.take(x.stride);
        double[] difference = scratch.take(x.stride);
        java.util.Arrays.fill(ones, 0, x.size, 1.0 / x.size);
        LaneMath math = LaneMath.get();
        int d = x.dimension;
        double total = 0;
        for (int j = 0; j < d; j++) {
            double variance = 0;
            for (int k = 0; k <= j; k++) {
                variance += tuning.lower[j * d + k] * tuning.lower[j * d + k];
            }
            System.arraycopy(x.values, j * x.stride, difference, 0, x.stride);
            math.axpy(-1, start, j * x.stride, difference, 0, x.stride);
            total += math.weightedSquares(ones, 0, difference, 0, 0.0, x.size) / variance;
        }
        scratch.release(mark);
        return total;
    }

    @Override
    public int chains(int size) { return size; }
}
