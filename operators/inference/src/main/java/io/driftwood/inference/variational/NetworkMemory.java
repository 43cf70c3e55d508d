package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import java.util.Arrays;

/**
 * The passes of a {@link ScoreNetwork} through one run, found again by where they were run: the way back asks for what the way forward has computed. A bridge has
 * room for the two ends of its step. Unless runs are to be remembered, or where that would take too much room, only the latest pass is.
 */
final class NetworkMemory {

    private static final int ENDS = 2;
    /** Numbers that are remembered at most, 64 MB. */
    private static final long MOST = 1 << 23;
    /** Arrays as wide as the network in a pass. */
    private static final int LAYERS = 6;

    private final ScoreNetwork network;
    private final int bridges;
    private NetworkPass[][] passes = new NetworkPass[1][1];
    /** How many passes of the present run each place holds. */
    private int[] held = new int[1];
    private boolean remembering;

    NetworkMemory(ScoreNetwork network, int bridges) {
        this.network = network;
        this.bridges = bridges;
    }

    void rememberRuns() { remembering = true; }

    /** Nothing of earlier runs is true any more. */
    void forget() { Arrays.fill(held, 0); }

    /** The network on the bridge of the leg at the paths from {@code lane} on, as many as a tile has lanes. */
    NetworkPass pass(Leg leg, int lane, double[] position, double[] rho) {
        reserve(leg.stride);
        int lanes = Math.min(LaneMath.TILE_LANES, leg.stride - lane);
        int place = passes.length == 1 ? 0 : leg.index;
        for (int k = 0; k < held[place]; k++) {
            NetworkPass pass = passes[place][k];
            if (pass.lanes == lanes && pass.isAt(leg.index, position, rho, leg.stride, lane)) {
                return pass;
            }
        }
        NetworkPass pass = room(place, lanes);
        pass.run(leg.index, position, rho, leg.stride, lane);
        return pass;
    }

    private NetworkPass room(int place, int lanes) {
        int k = held[place] < passes[place].length ? held[place]++ : 0;
        if (passes[place][k] == null || passes[place][k].lanes != lanes) {
            passes[place][k] = new NetworkPass(network, lanes);
        }
        return passes[place][k];
    }

    private void reserve(int stride) {
        boolean fits = stride <= LaneMath.TILE_LANES && (long) bridges * ENDS * LAYERS * network.width * stride <= MOST;
        if (remembering && fits && passes.length < bridges) {
            passes = new NetworkPass[bridges][ENDS];
            held = new int[bridges];
        }
    }
}
