package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import java.util.Arrays;

/**
 * Where the numbers of a particle filter stand in a key's statistics:
 * <pre>
 *   what is reserved for others | ancestors, one a particle | recoveries, particles in use, particles when all were ancestors | trace
 * </pre>
 * the last two parts only where an option asks for them.
 */
final class ParticleNumbers {

    private static final int RECOVERIES = 0;
    private static final int ACTIVE = 1;
    private static final int ROOTS = 2;
    private static final int LENGTH = 3;

    private final int reserved;
    private final int particles;
    private final boolean more;
    private final int at;

    /** @param more whether some option is on */
    ParticleNumbers(int reserved, int particles, boolean more) {
        this.reserved = reserved;
        this.particles = particles;
        this.more = more;
        this.at = reserved + particles;
    }

    int ancestorsAt() { return reserved; }

    /** -1 when all particles are in use always. */
    int rootsAt() { return more ? at + ROOTS : -1; }

    int traceAt() { return at + LENGTH; }

    double[] fresh() { return new double[at]; }

    /** Makes room, also for a key that was saved by a job without these options; the trace begins again then. */
    void makeRoom(PosteriorState state, Trace trace) {
        int needed = at + LENGTH + trace.numbers();
        if (more && state.statistics.length != needed) {
            boolean isNew = state.statistics.length < at + LENGTH;
            state.statistics = Arrays.copyOf(state.statistics, needed);
            if (isNew) {
                state.statistics[at + ACTIVE] = particles;
                state.statistics[at + ROOTS] = particles;
            }
            trace.forget(state);
        }
    }

    /** How many particles are in use, the first of the population. */
    int active(PosteriorState state) { return more ? (int) state.statistics[at + ACTIVE] : state.weights.size; }

    void setActive(PosteriorState state, int count) {
        if (more) {
            state.statistics[at + ACTIVE] = count;
        }
    }

    long recoveries(PosteriorState state) { return more ? (long) state.statistics[at + RECOVERIES] : 0; }

    void countRecovery(PosteriorState state) { state.statistics[at + RECOVERIES]++; }
}
