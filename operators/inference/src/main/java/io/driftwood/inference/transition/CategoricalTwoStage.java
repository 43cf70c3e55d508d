package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * Two-stage discrete Langevin on blocks of categories in one-hot form, for every particle: Gibbs on the joint mass q(y) e^(2 y.z/eta), whose
 * y-marginal is q, because a block of z has the same normaliser whatever its block of y.
 *
 * <p>In a block, with log-mass U and s = grad U of a smooth extension:
 * <pre>
 *   z | y   P(z = c) proportional to e^(2/eta where c is that of y)               exact
 *   y | z   P(y' = c) proportional to e^(s_c(z) + (2/eta where c is that of z))   U to first order around z
 *   log a = U(y') - U(y) - s(z).(y' - y)                                          y' as an independence proposal for y | z
 * </pre>
 * With two categories this is {@link TwoStage} with the same eta. With the accept step exact; without, exact where U is linear and otherwise
 * biased by the curvature of U. Two scores per move with the accept step, one without; O(N d) besides. The mass matrix plays no part.
 * Allocates nothing after warm-up.
 *
 * <p>Reference: [1] Bach and Saremi (2025). Differs from [1]: categories in the place of signs; the accept step is optional.
 */
public final class CategoricalTwoStage implements Transition {

    private final boolean adjusted;
    private final double step;

    /**
     * @param adjusted with the accept step
     * @param step eta to start from
     */
    public CategoricalTwoStage(boolean adjusted, double step) {
        this.adjusted = adjusted;
        this.step = step;
    }

    @Override
    public Domain domain() { return Domain.ONE_HOT; }

    @Override
    public boolean evaluates() { return adjusted; }

    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles y = cloud.particles();
        int categories = target.categories();
        double[] logRatio = scratch.take(y.stride);
        double[] scoreAtZ = scratch.take(y.length());
        double[] logProbability = scratch.take(y.length());
        Cloud next = spare.like(y);

        firstLogProbabilities(y, categories, tuning.stepSize, logProbability, scratch);
        OneHot.draw(logProbability, next.particles(), categories, random, step, Purpose.AUXILIARY, iteration, scratch);
        target.evaluate(next.particles(), next.logDensity(), next.score(), scratch);
        System.arraycopy(next.score(), 0, scoreAtZ, 0, y.length());
        secondLogProbabilities(next, categories, tuning.stepSize, logProbability, scratch);
        OneHot.draw(logProbability, next.particles(), categories, random, step, Purpose.NOISE, iteration, scratch);
        double accepted;
        if (adjusted) {
            target.evaluate(next.particles(), next.logDensity(), next.score(), scratch);
            TwoStage.logAcceptance(cloud, scoreAtZ, next, logRatio);
            accepted = Acceptance.decide(cloud, next, logRatio, random, step, iteration, info, scratch);
        } else {
            accepted = Acceptance.takeFinite(cloud, next, logRatio, info);
            Arrays.fill(cloud.logDensity(), 0, y.stride, Double.NaN);
            Arrays.fill(cloud.score(), 0, y.length(), Double.NaN);
        }
        info.count(accepted, adjusted ? 2 : 1);
        scratch.release(mark);
        return accepted;
    }

    /** log P(z = c) given y, of every block. */
    static void firstLogProbabilities(Particles y, int categories, double eta, double[] out, Scratch scratch) {
        for (int k = 0; k < y.length(); k++) {
            out[k] = y.values[k] * (2 / eta);
        }
        OneHot.normalise(out, y.dimension, y.stride, categories, scratch);
    }

    /** log P(y' = c) given z, of whose particles the score is known. */
    static void secondLogProbabilities(Cloud z, int categories, double eta, double[] out, Scratch scratch) {
        Particles x = z.particles();
        for (int k = 0; k < x.length(); k++) {
            out[k] = Math.fma(x.values[k], 2 / eta, z.score()[k]);
        }
        OneHot.normalise(out, x.dimension, x.stride, categories, scratch);
    }

    @Override
    public Exactness exactness() {
        return adjusted ? Exactness.EXACT
                : Exactness.biased("two-stage discrete Langevin on categories without an accept step; exact for product targets, otherwise biased by the curvature of the log-mass");
    }

    @Override
    public double targetAcceptance() { return adjusted ? 0.55 : Double.NaN; }

    @Override
    public double initialStepSize(int dimension) { return step; }
}
