package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.Resampler;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;

/**
 * Waste-free rejuvenation: resample M = N/P ancestors, run P - 1 moves from each, and keep all N states. No move is thrown
 * away; the error is that of M chains of length P.
 *
 * <p>Layout: state p of chain m is particle p*M + m.
 * <p>Reference: Dau and Chopin (2022), JRSS B 84(1).
 */
final class WasteFree implements Rejuvenation {

    private final Resampler resampler;
    private final int length;
    private Particles chains = new Particles(1, 1);
    private double[] score = new double[0];

    /** @param length P, states kept of each chain */
    WasteFree(Resampler resampler, int length) {
        this.resampler = resampler;
        this.length = length;
    }

    @Override
    public void rejuvenate(PosteriorState state, Target target, Mover mover, int stage, StepInfo info, Scratch scratch) {
        Particles x = state.particles;
        Randomness random = state.randomness();
        mover.fitNextMass(x, state.weights, state.tuning, scratch);
        resample(state, random, stage, scratch);
        mover.begin(chains, target, state.tuning, random, state.step, Rejuvenation.iteration(stage, 0), info.moves, scratch);
        score = score.length < x.length() ? new double[x.length()] : score;
        keep(x, mover.score(target, info.moves, scratch), 0);
        for (int move = 1; move < length; move++) {
            mover.move(target, state.tuning, random, state.step, Rejuvenation.iteration(stage, move), info.moves, scratch);
            keep(x, mover.score(target, info.moves, scratch), move);
        }
        x.pad();
        mover.takeUpNextMass(state.tuning);
        mover.weigh(x, score, state.weights, scratch);
    }

    private void resample(PosteriorState state, Randomness random, int stage, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = state.particles;
        int m = chains(x.size);
        if (chains.size != m || chains.dimension != x.dimension) {
            chains = new Particles(m, x.dimension);
        }
        int[] ancestors = scratch.takeIndices(m);
        double[] spare = scratch.take(2 * (m + x.size) + 16);
        resampler.resample(state.weights.normalised, x.size, ancestors, m, random, state.step, stage, spare);
        for (int j = 0; j < x.dimension; j++) {
            for (int i = 0; i < m; i++) {
                chains.values[j * chains.stride + i] = x.values[j * x.stride + ancestors[i]];
            }
        }
        chains.pad();
        scratch.release(mark);
    }

    /** Keeps the chains' states and scores as block {@code move}; the last block may be cut short when P does not divide N. */
    private void keep(Particles x, double[] chainScore, int move) {
        int from = move * chains.size;
        int count = Math.min(chains.size, x.size - from);
        for (int j = 0; j < x.dimension && count > 0; j++) {
            System.arraycopy(chains.values, j * chains.stride, x.values, j * x.stride + from, count);
            System.arraycopy(chainScore, j * chains.stride, score, j * x.stride + from, count);
        }
    }

    @Override
    public int chains(int size) { return (size + length - 1) / length; }
}
