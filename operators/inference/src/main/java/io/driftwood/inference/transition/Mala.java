package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * Metropolis-adjusted Langevin transition on every particle of a population.
 *
 * <p>With target log-density l, step h and preconditioner C = L L^T:
 * <pre>
 *   v  = h L^T grad l(x) + sqrt(2h) z,   z ~ N(0, I)
 *   x' = x + L v
 *   log a = l(x') - l(x) + log q(x | x') - log q(x' | x)
 *         = l(x') - l(x) - |v + h L^T grad l(x')|^2 / (4h) + |z|^2 / 2
 * </pre>
 * Leaves the target invariant for fixed h and L. One batched score per move plus three triangular products, O(N d^2).
 * Allocates nothing after warm-up.
 *
 * <p>Reference: [1] Roberts and Tweedie (1996), Bernoulli 2(4), 341-363.
 * <br>Differs from [1]: preconditioned; a proposal with a non-finite density is rejected and counted, never thrown.
 */
public final class Mala implements Transition {

    /*
     * Columns of N particles (stride = N rounded up to 8), dimension j of particle i at [j*stride + i]:
     *   noise     z, then v
     *   drift     L^T grad l at x
     *   tile      what the products work in
     *   proposal  x', its density and score
     * L v and -L v carry the forward and the backward proposal, so no triangular solve is needed.
     */
    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        double[] noise = scratch.take(x.length());
        double[] drift = scratch.take(x.length());
        double[] tile = scratch.take(x.dimension * LaneMath.TILE_LANES);
        double[] logRatio = scratch.take(x.stride);
        Cloud proposal = spare.like(x);
        double h = tuning.stepSize;
        LaneMath math = LaneMath.get();

        // z, and |z|^2 / 2
        random.normals(step, Purpose.NOISE, iteration, noise, 0, x.length());
        Arrays.fill(logRatio, 0, x.stride, 0.0);
        math.addColumnSquares(noise, x.dimension, x.stride, x.stride, 0.5, logRatio);
        // v = h L^T grad l(x) + sqrt(2h) z
        math.lowerTransposedTimesColumns(tuning.lower, x.dimension, cloud.score(), drift, x.stride, x.stride);
        math.axpby(h, drift, 0, Math.sqrt(2 * h), noise, 0, x.length());
        // x' = x + L v
        proposal.particles().copyFrom(x);
        math.addLowerTimesColumns(1, tuning.lower, x.dimension, noise, proposal.particles().values, x.stride, x.stride, tile);
        proposal.particles().pad();
        target.evaluate(proposal.particles(), proposal.logDensity(), proposal.score(), scratch);
        // - |v + h L^T grad l(x')|^2 / (4h)
        math.addLowerTransposedTimesColumns(h, tuning.lower, x.dimension, proposal.score(), noise, x.stride, x.stride, tile);
        math.addColumnSquares(noise, x.dimension, x.stride, x.stride, -0.25 / h, logRatio);
        math.axpy(1, proposal.logDensity(), 0, logRatio, 0, x.stride);
        math.axpy(-1, cloud.logDensity(), 0, logRatio, 0, x.stride);

        double accepted = Acceptance.decide(cloud, proposal, logRatio, random, step, iteration, info, scratch);
        info.count(accepted, 1);
        scratch.release(mark);
        return accepted;
    }

    @Override
    public Exactness exactness() { return Exactness.EXACT; }

    /** Roberts and Rosenthal (1998). */
    @Override
    public double targetAcceptance() { return 0.574; }

    /** h ~ d^(-1/3); the factor is that of a standard normal target. */
    @Override
    public double initialStepSize(int dimension) { return 1.36 * StrictMath.pow(dimension, -1.0 / 3) / 2; }
}
