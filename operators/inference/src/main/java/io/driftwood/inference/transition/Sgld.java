package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.RowTarget;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * Stochastic gradient Langevin dynamics on every particle of a population: Langevin with the score estimated from b of n data rows.
 *
 * <pre>
 *   x' = x + e_t/2 C G(x) + sqrt(e_t) L z,   e_t = e (1 + t/b0)^-kappa,   C = L L^T
 *   G(x) = grad log prior(x) + n/b sum_(i in batch) grad l_i(x)                                       plain
 *   G(x) = plain(x) - plain(m) + grad l(m),   m the mean of the population                            with control variate
 * </pre>
 * t is the iteration of the random address, so a chain counts from 0; kappa = 0 is a constant step. The batch has one row of each of b strata of equal length, and is common to
 * the population: the particles' errors within a move are correlated. G is unbiased given the particles, whatever m is. On a Gaussian of whitened curvature k and noise variance V of G the
 * stationary variance with constant step e is (e + e^2 V/4)/(1 - (1 - e k/2)^2). Cost: b rows per particle, and with the control variate n rows at one point more.
 * A target that is not a sum over rows has its whole score taken. Leaves density and score unevaluated. Allocates one small object with the control variate.
 *
 * <p>References: [1] Welling and Teh (2011), ICML; [2] Baker, Fearnhead, Fox and Nemeth (2019), Stat. Comput. 29, for control variates.
 * <br>Differs from [2]: the control variate stands at the population's mean and not at a mode found beforehand, so it follows a stream.
 */
public final class Sgld implements Transition {

    private final int batch;
    private final boolean controlVariate;
    private final double decay;
    private final double decayAfter;
    private final double step;

    /**
     * @param batch b, rows of each estimate; all rows where there are no more
     * @param decay kappa; 0 for a constant step
     * @param decayAfter b0, moves after which the step has fallen to 2^-kappa
     * @param step e to start from, on a whitened target
     */
    public Sgld(int batch, boolean controlVariate, double decay, double decayAfter, double step) {
        this.step = step;
        this.batch = batch;
        this.controlVariate = controlVariate;
        this.decay = decay;
        this.decayAfter = decayAfter;
    }

    @Override
    public boolean evaluates() { return false; }

    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        Cloud next = spare.like(x);
        double[] score = scratch.take(x.length());
        if (target instanceof RowTarget sum && sum.rows() > batch) {
            estimate(sum, x, score, random, step, iteration, scratch);
        } else {
            target.evaluate(x, cloud.logDensity(), score, scratch);
        }
        double e = tuning.stepSize * StrictMath.pow(1 + iteration / decayAfter, -decay);
        Ula.propose(x, score, false, next.particles(), tuning.lower, e / 2, random, step, iteration, scratch);
        // There is no density to ask: a move is finite where it ends at finite numbers.
        Arrays.fill(next.logDensity(), 0, x.stride, 0.0);
        System.arraycopy(next.particles().values, 0, next.score(), 0, x.length());
        double finite = Acceptance.takeFinite(cloud, next, scratch.take(x.stride), info);
        Arrays.fill(cloud.logDensity(), 0, x.stride, Double.NaN);
        Arrays.fill(cloud.score(), 0, x.length(), Double.NaN);
        info.count(finite, 1);
        scratch.release(mark);
        return finite;
    }

    private void estimate(RowTarget target, Particles x, double[] score, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int n = target.rows();
        int[] rows = scratch.takeIndices(batch);
        double[] uniform = scratch.take(batch);
        random.uniforms(step, Purpose.BATCH, iteration, uniform, 0, batch);
        for (int k = 0; k < batch; k++) {
            rows[k] = Math.min(n - 1, (int) ((k + uniform[k]) * n / batch));
        }
        double factor = (double) n / batch;
        target.partialScore(x, rows, batch, factor, score, scratch);
        if (controlVariate) {
            addCorrection(target, x, rows, factor, score, scratch);
        }
        scratch.release(mark);
    }

    /** Adds grad l(m) - plain(m) to every particle's estimate. */
    private void addCorrection(RowTarget target, Particles x, int[] rows, double factor, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        Particles mean = new Particles(1, x.dimension, scratch.take(8 * x.dimension));
        double[] density = scratch.take(mean.stride);
        double[] whole = scratch.take(mean.length());
        double[] part = scratch.take(mean.length());
        for (int j = 0; j < x.dimension; j++) {
            mean.set(j, 0, math.sum(x.values, j * x.stride, x.size) / x.size);
        }
        mean.pad();
        target.evaluate(mean, density, whole, scratch);
        target.partialScore(mean, rows, batch, factor, part, scratch);
        for (int j = 0; j < x.dimension; j++) {
            double correction = whole[j * mean.stride] - part[j * mean.stride];
            for (int i = 0; i < x.stride; i++) {
                score[j * x.stride + i] += correction;
            }
        }
        scratch.release(mark);
    }

    @Override
    public Exactness exactness() {
        return Exactness.biased("stochastic gradient Langevin: no accept step and a noisy score; a Gaussian direction of whitened curvature k, with noise of variance V in its score, has the variance "
                + "(h + h^2 V/4)/(1 - (1 - h k/2)^2) with step h");
    }

    @Override
    public double targetAcceptance() { return Double.NaN; }

    @Override
    public double initialStepSize(int dimension) { return step; }
}
