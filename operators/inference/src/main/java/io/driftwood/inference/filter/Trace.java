package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/**
 * Where every particle's ancestors were in the last L records, so that the state of L records ago can be told with all that has been measured since:
 * the weights of today on the places of then. They are consistent for the law of x_{t-L} given y_1..y_t, and rest on as many distinct ancestors as
 * are left after L records.
 *
 * <p>Kept in a key's statistics: how many records are kept, then L times the columns of the state, in turn. O(N L d) when a population is resampled,
 * O(N d) otherwise.
 *
 * <p>Reference: [1] Kitagawa (1996), Journal of Computational and Graphical Statistics 5, 1-25. Differs from [1]: nothing.
 */
final class Trace {

    private final int lag;
    private final int length;
    private final int offset;

    /**
     * @param lag L; 0 keeps nothing
     * @param length numbers of a population
     * @param offset where in the statistics
     */
    Trace(int lag, int length, int offset) {
        this.lag = lag;
        this.length = length;
        this.offset = offset;
    }

    int numbers() { return lag == 0 ? 0 : 1 + lag * length; }

    boolean isFull(PosteriorState state) { return lag > 0 && state.statistics[offset] >= lag; }

    void forget(PosteriorState state) {
        if (lag > 0) {
            state.statistics[offset] = 0;
        }
    }

    /** Keeps where the population is, before it is resampled and moves on. */
    void keep(PosteriorState state) {
        if (lag > 0) {
            System.arraycopy(state.particles.values, 0, state.statistics, at((long) state.statistics[offset]), length);
            state.statistics[offset]++;
        }
    }

    private int at(long record) { return offset + 1 + (int) (record % lag) * length; }

    /** Particle i is from now on a descendant of the old particle ancestors[i]. */
    void gather(PosteriorState state, int[] ancestors, Scratch scratch) {
        int stride = state.particles.stride;
        int kept = lag == 0 ? 0 : (int) Math.min(lag, state.statistics[offset]) * (length / stride);
        int mark = scratch.mark();
        double[] spare = scratch.take(stride);
        for (int column = 0; column < kept; column++) {
            int from = offset + 1 + column * stride;
            System.arraycopy(state.statistics, from, spare, 0, stride);
            for (int i = 0; i < state.particles.size; i++) {
                state.statistics[from + i] = spare[ancestors[i]];
            }
        }
        scratch.release(mark);
    }

    /** Overwrites {@code out} by the states of L records ago, as particles of today's weights. The trace is full. */
    void read(PosteriorState state, Particles out) {
        System.arraycopy(state.statistics, at((long) state.statistics[offset]), out.values, 0, length);
        out.pad();
    }
}
