package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * The proximal sampler with Metropolis steps in the place of its restricted Gaussian draws, for targets whose curvature has no known bound, on every particle.
 *
 * <p>Gibbs on the joint density of u and y ~ N(u, e I), in the whitened coordinates u = L^-1 x:
 * <pre>
 *   y = u + sqrt(e) z
 *   k Metropolis-adjusted Langevin steps on u given y, log density l(u) - |u - y|^2/(2e), more log-concave than l by 1/e
 * </pre>
 * Leaves the target invariant, because each step does. k scores and 3k + 2 triangular products per move. Allocates nothing after warm-up.
 *
 * <p>Reference: [1] Lee, Shen and Tian (2021), COLT. Differs from [1]: Metropolis steps in place of rejection; see {@link ProximalRejection} for that.
 */
public final class ProximalMetropolis implements Transition {

    private final double coupling;
    private final int steps;

    /**
     * @param coupling e, variance of y given u
     * @param steps k
     */
    public ProximalMetropolis(double coupling, int steps) {
        this.coupling = coupling;
        this.steps = steps;
    }

    /*
     * Columns:  y in the coordinates of x;  w = L^-1 (x - y), so that no triangular solve is needed;  g = L^T grad l(x) - w/e.
     */
    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        double[] y = scratch.take(x.length());
        double[] w = scratch.take(x.length());
        double[] g = scratch.take(x.length());
        LaneMath math = LaneMath.get();

        // w = -sqrt(e) z,  y = x - L w
        random.normals(step, Purpose.AUXILIARY, iteration, w, 0, x.length());
        math.axpby(-Math.sqrt(coupling), w, 0, 0, w, 0, x.length());
        math.lowerTimesColumns(tuning.lower, x.dimension, w, y, x.stride, x.stride);
        math.axpby(1, x.values, 0, -1, y, 0, x.length());
        gradient(x, cloud.score(), w, tuning.lower, g);
        double sum = 0;
        for (int k = 0; k < steps; k++) {
            sum += step(cloud, spare.like(x), target, tuning, y, w, g, random.branch(k), step, iteration, info, scratch);
        }
        double accepted = sum / steps;
        info.count(accepted, steps);
        scratch.release(mark);
        return accepted;
    }

    /** One Metropolis-adjusted Langevin step on w given y. */
    private double step(Cloud cloud, Cloud proposal, Target target, Tuning tuning, double[] y, double[] w, double[] g, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        double h = tuning.stepSize;
        double[] v = scratch.take(x.length());
        double[] moved = scratch.take(x.length());
        double[] slope = scratch.take(x.length());
        double[] logRatio = scratch.take(x.stride);
        LaneMath math = LaneMath.get();
        // |z|^2/2 + |w|^2/(2e),  v = h g + sqrt(2h) z,  w' = w + v,  x' = y + L w'
        random.normals(step, Purpose.NOISE, iteration, v, 0, x.length());
        Arrays.fill(logRatio, 0, x.stride, 0.0);
        math.addColumnSquares(v, x.dimension, x.stride, x.stride, 0.5, logRatio);
        math.addColumnSquares(w, x.dimension, x.stride, x.stride, 0.5 / coupling, logRatio);
        math.axpby(h, g, 0, Math.sqrt(2 * h), v, 0, x.length());
        System.arraycopy(w, 0, moved, 0, x.length());
        math.axpy(1, v, 0, moved, 0, x.length());
        math.lowerTimesColumns(tuning.lower, x.dimension, moved, proposal.particles().values, x.stride, x.stride);
        math.axpy(1, y, 0, proposal.particles().values, 0, x.length());
        proposal.particles().pad();
        target.evaluate(proposal.particles(), proposal.logDensity(), proposal.score(), scratch);
        // - |w'|^2/(2e) - |v + h g'|^2/(4h) + l(x') - l(x)
        gradient(x, proposal.score(), moved, tuning.lower, slope);
        math.addColumnSquares(moved, x.dimension, x.stride, x.stride, -0.5 / coupling, logRatio);
        math.axpy(h, slope, 0, v, 0, x.length());
        math.addColumnSquares(v, x.dimension, x.stride, x.stride, -0.25 / h, logRatio);
        math.axpy(1, proposal.logDensity(), 0, logRatio, 0, x.stride);
        math.axpy(-1, cloud.logDensity(), 0, logRatio, 0, x.stride);

        double accepted = Acceptance.decide(cloud, proposal, logRatio, random, step, iteration, info, scratch);
        Acceptance.selectColumns(logRatio, moved, w, x);
        Acceptance.selectColumns(logRatio, slope, g, x);
        scratch.release(mark);
        return accepted;
    }

    /** L^T score - w/e. */
    private void gradient(Particles x, double[] score, double[] w, double[] lower, double[] out) {
        LaneMath.get().lowerTransposedTimesColumns(lower, x.dimension, score, out, x.stride, x.stride);
        LaneMath.get().axpy(-1 / coupling, w, 0, out, 0, x.length());
    }

    @Override
    public Exactness exactness() { return Exactness.EXACT; }

    @Override
    public double targetAcceptance() { return 0.574; }

    /** As for Langevin alone, in the scale of the conditional of a whitened Gaussian, whose precision is 1 + 1/e. */
    @Override
    public double initialStepSize(int dimension) { return 1.36 * StrictMath.pow(dimension, -1.0 / 3) / 2 / (1 + 1 / coupling); }
}
