package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * The two exact flows of which every splitting of Hamiltonian and underdamped Langevin dynamics is made, in the whitened coordinates u = L^-1 x
 * with momentum p of unit mass, and trajectories of them:
 * <pre>
 *   kick    p += t L^T grad l(x)
 *   drift   x += t L p
 * </pre>
 * Both are shears: they keep volume and are undone by -t.
 */
final class Flow {

    private Flow() {}

    /** p += t L^T score, of particles shaped as x. */
    static void kick(double t, double[] lower, Particles x, double[] score, double[] momentum, Scratch scratch) {
        if (isDiagonal(lower, x.dimension)) {
            addDiagonalTimes(t, lower, x, score, momentum, scratch);
            return;
        }
        int mark = scratch.mark();
        double[] tile = scratch.take(x.dimension * LaneMath.TILE_LANES);
        LaneMath.get().addLowerTransposedTimesColumns(t, lower, x.dimension, score, momentum, x.stride, x.stride, tile);
        scratch.release(mark);
    }

    /** x += t L p. */
    static void drift(double t, double[] lower, Particles x, double[] momentum, Scratch scratch) {
        if (isDiagonal(lower, x.dimension)) {
            addDiagonalTimes(t, lower, x, momentum, x.values, scratch);
            x.pad();
            return;
        }
        int mark = scratch.mark();
        double[] tile = scratch.take(x.dimension * LaneMath.TILE_LANES);
        LaneMath.get().addLowerTimesColumns(t, lower, x.dimension, momentum, x.values, x.stride, x.stride, tile);
        x.pad();
        scratch.release(mark);
    }

    /** Costs d^2 looks where the product costs d^2 N multiplications. */
    private static boolean isDiagonal(double[] lower, int d) {
        for (int r = 1; r < d; r++) {
            for (int c = 0; c < r; c++) {
                if (lower[r * d + c] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** out += t D in, rounded as the product with a whole triangle rounds. */
    private static void addDiagonalTimes(double t, double[] lower, Particles x, double[] in, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] scaled = scratch.take(x.stride);
        for (int j = 0; j < x.dimension; j++) {
            Arrays.fill(scaled, 0, x.stride, 0.0);
            LaneMath.get().axpy(lower[j * (x.dimension + 1)], in, j * x.stride, scaled, 0, x.stride);
            LaneMath.get().axpy(t, scaled, 0, out, j * x.stride, x.stride);
        }
        scratch.release(mark);
    }

    /**
     * Steps of length delta from {@code start}, whose score is known, to {@code end}, which gets positions, density and score; kicks that
     * meet are done as one. Overwrites the momentum. One score a drift.
     *
     * @param drifts a multiple of the integrator's stages
     */
    static void trajectory(Integrator integrator, Cloud start, Cloud end, double[] momentum, Target target, double[] lower, double delta, int drifts, Scratch scratch) {
        Particles x = end.particles();
        x.copyFrom(start.particles());
        kick(integrator.firstKick() * delta, lower, x, start.score(), momentum, scratch);
        for (int k = 1; k <= drifts; k++) {
            drift(integrator.drift() * delta, lower, x, momentum, scratch);
            target.evaluate(x, end.logDensity(), end.score(), scratch);
            kick(integrator.kickAfter(k, drifts) * delta, lower, x, end.score(), momentum, scratch);
        }
    }
}
