package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * Hamiltonian Monte Carlo on every particle of a population, with full or partial refreshment of the momentum.
 *
 * <p>In the whitened coordinates u = L^-1 x, with momentum p, z ~ N(0, I), share eta kept and step d, kicks and drifts of an {@link Integrator}:
 * <pre>
 *   p = eta p + sqrt(1 - eta^2) z
 *   kick  p += c d L^T grad l(x)        drift  x += e d L p
 *   log a = l(x') - |p'|^2/2 - l(x) + |p|^2/2;   where rejected, p becomes -p
 * </pre>
 * With eta = 0 nothing is carried between moves. The trajectory is the integration time in equal steps near the tuned step size and not longer ones, and is jittered by
 * one uniform factor in [0.8, 1.2] per move, common to the population. Leaves the target, times N(0, I) for the momentum, invariant for fixed step size and L. Cost: one score
 * and two triangular products per drift. Allocates nothing after warm-up.
 *
 * <p>Reference: [1] Duane et al. (1987); [2] Horowitz (1991) for eta &gt; 0; [3] Neal (2011), Handbook of MCMC, ch. 5.
 * <br>Differs from [3]: the step size is common to the population and tuned by it; a trajectory that leaves the finite numbers
 * is rejected and counted.
 */
public final class Hmc implements Transition {

    /** An energy error of which no sound trajectory is capable. */
    private static final double DIVERGENT = 1000;

    private final double integrationTime;
    private final Integrator integrator;
    private final double kept;
    private final int maxSteps;

    /**
     * @param integrationTime length of a trajectory in whitened time; pi/2 decorrelates a Gaussian exactly
     * @param kept eta in [0, 1), share of the momentum that a refreshment keeps
     * @param maxSteps steps of a trajectory after which it ends, however short; with one, a trajectory is a step of the tuned size
     */
    Hmc(double integrationTime, Integrator integrator, double kept, int maxSteps) {
        this.integrationTime = integrationTime;
        this.integrator = integrator;
        this.kept = kept;
        this.maxSteps = maxSteps;
    }

    @Override
    public int auxiliaries(int dimension) { return kept > 0 ? dimension : 0; }

    @Override
    public void refresh(Cloud cloud, Target target, Tuning tuning, Randomness random, long step, int iteration, Scratch scratch) {
        if (kept > 0) {
            Momenta.draw(cloud, random, step, iteration);
        }
    }

    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        double[] momentum = scratch.take(x.length());
        double[] logRatio = scratch.take(x.stride);
        Cloud proposal = spare.like(x);
        LaneMath math = LaneMath.get();

        refreshPartly(cloud, momentum, random, step, iteration);
        // + |p|^2/2
        Arrays.fill(logRatio, 0, x.stride, 0.0);
        math.addColumnSquares(momentum, x.dimension, x.stride, x.stride, 0.5, logRatio);

        int steps = steps(tuning.stepSize);
        int drifts = steps * integrator.stages();
        double delta = Math.min(tuning.stepSize, integrationTime / steps) * (0.8 + 0.4 * random.uniform(step, Purpose.LENGTH, iteration));
        Flow.trajectory(integrator, cloud, proposal, momentum, target, tuning.lower, delta, drifts, scratch);

        math.addColumnSquares(momentum, x.dimension, x.stride, x.stride, -0.5, logRatio);
        math.axpy(1, proposal.logDensity(), 0, logRatio, 0, x.stride);
        math.axpy(-1, cloud.logDensity(), 0, logRatio, 0, x.stride);
        countDivergences(logRatio, x.size, info);

        double accepted = Acceptance.decide(cloud, proposal, logRatio, random, step, iteration, info, scratch);
        if (kept > 0) {
            Acceptance.takeMomenta(logRatio, momentum, cloud.auxiliary(), x);
        }
        info.count(accepted, drifts);
        scratch.release(mark);
        return accepted;
    }

    /** The momentum of this move, which with eta &gt; 0 is also the one carried until the move is decided. */
    private void refreshPartly(Cloud cloud, double[] momentum, Randomness random, long step, int iteration) {
        int length = cloud.particles().length();
        random.normals(step, Purpose.MOMENTUM, iteration, momentum, 0, length);
        if (kept > 0) {
            LaneMath.get().axpby(kept, cloud.auxiliary(), 0, Math.sqrt(1 - kept * kept), momentum, 0, length);
            System.arraycopy(momentum, 0, cloud.auxiliary(), 0, length);
        }
    }

    private static void countDivergences(double[] logRatio, int size, MoveInfo info) {
        for (int i = 0; i < size; i++) {
            info.divergences += logRatio[i] >= -DIVERGENT ? 0 : 1;
        }
    }

    /** Steps of one trajectory: of the unjittered step size, so that the jitter varies its length. */
    int steps(double stepSize) { return (int) Math.max(1, Math.min(maxSteps, Math.rint(integrationTime / stepSize))); }

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
    public double largestStepSize(int dimension) { return Math.min(integrationTime, 16 * initialStepSize(dimension)); }
}
