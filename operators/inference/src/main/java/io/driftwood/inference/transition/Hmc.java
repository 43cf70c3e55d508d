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
 * <p>In the whitened coordinates u = L^-1 x, with momentum p ~ N(0, I) and step d, L leapfrogs of
 * <pre>
 *   p += d/2 L^T grad l(x);   x += d L p;   p += d/2 L^T grad l(x)
 *   log a = l(x') - |p'|^2/2 - l(x) + |p|^2/2
 * </pre>
 * The step is jittered by one uniform factor in [0.8, 1.2] per move, common to the population; the number of leapfrogs is the
 * least that covers the integration time. Leaves the target invariant for fixed d and L. Cost: one score and two triangular
 * products per leapfrog. Allocates nothing after warm-up.
 *
 * <p>Reference: [1] Duane et al. (1987); [2] Neal (2011), Handbook of MCMC, ch. 5.
 * <br>Differs from [2]: the step size is common to the population and tuned by it; a trajectory that leaves the finite numbers
 * is rejected and counted.
 */
public final class Hmc implements Transition {

    private static final int MAX_LEAPFROGS = 64;

    private final double integrationTime;

    /** @param integrationTime length of a trajectory in whitened time; pi/2 decorrelates a Gaussian exactly */
    public Hmc(double integrationTime) { this.integrationTime = integrationTime; }

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

        double delta = tuning.stepSize * (0.8 + 0.4 * random.uniform(step, Purpose.LENGTH, iteration));
        int leapfrogs = leapfrogs(tuning.stepSize);
        proposal.particles().copyFrom(x);
        // p += d/2 L^T grad l(x)
        math.lowerTransposedTimesColumns(tuning.lower, x.dimension, cloud.score(), whitened, x.stride, x.stride);
        math.axpy(delta / 2, whitened, 0, momentum, 0, x.length());
        for (int l = 1; l <= leapfrogs; l++) {
            // x += d L p
            math.lowerTimesColumns(tuning.lower, x.dimension, momentum, whitened, x.stride, x.stride);
            math.axpy(delta, whitened, 0, proposal.particles().values, 0, x.length());
            proposal.particles().pad();
            target.evaluate(proposal.particles(), proposal.logDensity(), proposal.score(), scratch);
            // p += d L^T grad l(x), half of it at the end
            math.lowerTransposedTimesColumns(tuning.lower, x.dimension, proposal.score(), whitened, x.stride, x.stride);
            math.axpy(l < leapfrogs ? delta : delta / 2, whitened, 0, momentum, 0, x.length());
        }
        math.addColumnSquares(momentum, x.dimension, x.stride, x.stride, -0.5, logRatio);
        math.axpy(1, proposal.logDensity(), 0, logRatio, 0, x.stride);
        math.axpy(-1, cloud.logDensity(), 0, logRatio, 0, x.stride);

        double accepted = Acceptance.decide(cloud, proposal, logRatio, random, step, iteration, info, scratch);
        info.count(accepted, leapfrogs);
        scratch.release(mark);
        return accepted;
    }

    /** Leapfrogs of one trajectory; a function of the unjittered step, so that the jitter varies its length. */
    int leapfrogs(double stepSize) {
        return (int) Math.max(1, Math.min(MAX_LEAPFROGS, Math.ceil(integrationTime / stepSize)));
    }

    @Override
    public Exactness exactness() { return Exactness.EXACT; }

    @Override
    public double targetAcceptance() { return 0.8; }

    /** d^(-1/4) keeps the acceptance of a standard normal target near 0.8. */
    @Override
    public double initialStepSize(int dimension) { return 1.1 * StrictMath.pow(dimension, -0.25); }
}
