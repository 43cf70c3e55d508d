package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * Hamiltonian Monte Carlo on every particle of a population, momentum fully refreshed.
 *
 * <p>In the whitened coordinates u = L^-1 x, with momentum p ~ N(0, I) and step d, kicks and drifts of an {@link Integrator}:
 * <pre>
 *   kick  p += c d L^T grad l(x)        drift  x += e d L p
 *   log a = l(x') - |p'|^2/2 - l(x) + |p|^2/2
 * </pre>
 * The trajectory covers the integration time in as few equal steps as the tuned step size allows, and is jittered by one uniform
 * factor in [0.8, 1.2] per move, common to the population. Leaves the target invariant for fixed step size and L. Cost: one score
 * and two triangular products per drift. Allocates nothing after warm-up.
 *
 * <p>Reference: [1] Duane et al. (1987); [2] Neal (2011), Handbook of MCMC, ch. 5.
 * <br>Differs from [2]: the step size is common to the population and tuned by it; a trajectory that leaves the finite numbers
 * is rejected and counted.
 */
public final class Hmc implements Transition {

    private static final int MAX_STEPS = 64;

    private final double integrationTime;
    private final Integrator integrator;

    /** @param integrationTime length of a trajectory in whitened time; pi/2 decorrelates a Gaussian exactly */
    Hmc(double integrationTime, Integrator integrator) {
        this.integrationTime = integrationTime;
        this.integrator = integrator;
    }

    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        double[] momentum = scratch.take(x.length());
        double[] whitened = scratch.take(x.length());
        double[] logRatio = scratch.take(x.stride);
        Cloud proposal = spare.like(x);
        LaneMath math = LaneMath.get();

        // p ~ N(0, I) and + |p|^2/2
        random.normals(step, Purpose.MOMENTUM, iteration, momentum, 0, x.length());
        Arrays.fill(logRatio, 0, x.stride, 0.0);
        math.addColumnSquares(momentum, x.dimension, x.stride, x.stride, 0.5, logRatio);

        int steps = steps(tuning.stepSize);
        int drifts = steps * integrator.stages();
        double delta = Math.min(tuning.stepSize, integrationTime / steps) * (0.8 + 0.4 * random.uniform(step, Purpose.LENGTH, iteration));
        proposal.particles().copyFrom(x);
        kick(integrator.firstKick() * delta, cloud.score(), tuning, x, whitened, momentum);
        for (int k = 1; k <= drifts; k++) {
            // x += e d L p
            math.lowerTimesColumns(tuning.lower, x.dimension, momentum, whitened, x.stride, x.stride);
            math.axpy(integrator.drift() * delta, whitened, 0, proposal.particles().values, 0, x.length());
            proposal.particles().pad();
            target.evaluate(proposal.particles(), proposal.logDensity(), proposal.score(), scratch);
            kick(integrator.kickAfter(k, drifts) * delta, proposal.score(), tuning, x, whitened, momentum);
        }
        math.addColumnSquares(momentum, x.dimension, x.stride, x.stride, -0.5, logRatio);
        math.axpy(1, proposal.logDensity(), 0, logRatio, 0, x.stride);
        math.axpy(-1, cloud.logDensity(), 0, logRatio, 0, x.stride);

        double accepted = Acceptance.decide(cloud, proposal, logRatio, random, step, iteration, info, scratch);
        info.count(accepted, drifts);
        scratch.release(mark);
        return accepted;
    }

    /** p += length L^T grad l. */
    private static void kick(double length, double[] score, Tuning tuning, Particles x, double[] whitened, double[] momentum) {
        LaneMath.get().lowerTransposedTimesColumns(tuning.lower, x.dimension, score, whitened, x.stride, x.stride);
        LaneMath.get().axpy(length, whitened, 0, momentum, 0, x.length());
    }

    /** Steps of one trajectory: the fewest of at most the tuned size that cover the integration time. */
    int steps(double stepSize) { return (int) Math.max(1, Math.min(MAX_STEPS, Math.rint(integrationTime / stepSize))); }

    @Override
    public Exactness exactness() { return Exactness.EXACT; }

    @Override
    public double targetAcceptance() { return 0.8; }

    /** d^(-1/4) keeps the acceptance of a standard normal target near 0.8. */
    @Override
    public double initialStepSize(int dimension) {
        return Math.min(integrationTime, 1.1 * integrator.stages() * StrictMath.pow(dimension, -0.25));
    }

    /** A trajectory has at least one step. */
    @Override
    public double largestStepSize(int dimension) { return integrationTime; }
}
