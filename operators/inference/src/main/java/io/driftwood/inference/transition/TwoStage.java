package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * Two-stage discrete Langevin on vectors of signs, for every particle: Gibbs on the joint mass q(y) e^(y.z/eta) of y, z in {-1, 1}^d, whose y-marginal is q.
 *
 * <p>With log-mass U and s = grad U:
 * <pre>
 *   z | y   P(z_j = 1) = sigma(2 y_j/eta)                       exact
 *   y | z   P(y'_j = 1) = sigma(2 (s_j(z) + z_j/eta))           U to first order around z
 *   log a = U(y') - U(y) - s(z).(y' - y)                        y' as an independence proposal for y | z
 * </pre>
 * The normalisers and the coupling cancel in the ratio. With the accept step exact; without, exact where U is linear (product targets) and otherwise biased by the curvature
 * of U. Two scores per move with the accept step, one without. The mass matrix plays no part. Allocates nothing after warm-up.
 *
 * <p>Reference: [1] Bach and Saremi (2025). Differs from [1]: the accept step is optional.
 */
public final class TwoStage implements Transition {

    private final boolean adjusted;
    private final double step;

    /**
     * @param adjusted with the accept step
     * @param step eta to start from
     */
    public TwoStage(boolean adjusted, double step) {
        this.adjusted = adjusted;
        this.step = step;
    }

    @Override
    public Domain domain() { return Domain.SIGNS; }

    @Override
    public boolean evaluates() { return adjusted; }

    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles y = cloud.particles();
        double[] logRatio = scratch.take(y.stride);
        double[] z = scratch.take(y.length());
        double[] scoreAtZ = scratch.take(y.length());
        double[] logits = scratch.take(y.length());
        Cloud next = spare.like(y);

        firstLogits(y, tuning.stepSize, logits);
        draw(logits, y.length(), random, step, Purpose.AUXILIARY, iteration, z, scratch);
        System.arraycopy(z, 0, next.particles().values, 0, y.length());
        next.particles().pad();
        target.evaluate(next.particles(), next.logDensity(), next.score(), scratch);
        System.arraycopy(next.score(), 0, scoreAtZ, 0, y.length());
        secondLogits(next, tuning.stepSize, logits);
        draw(logits, y.length(), random, step, Purpose.NOISE, iteration, next.particles().values, scratch);
        next.particles().pad();
        double accepted;
        if (adjusted) {
            target.evaluate(next.particles(), next.logDensity(), next.score(), scratch);
            logAcceptance(cloud, scoreAtZ, next, logRatio);
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

    /** log-odds of z_j = 1 given y. */
    static void firstLogits(Particles y, double eta, double[] out) {
        for (int k = 0; k < y.length(); k++) {
            out[k] = 2 * y.values[k] / eta;
        }
    }

    /** log-odds of y'_j = 1 given z, of whose particles the score is known. */
    static void secondLogits(Cloud z, double eta, double[] out) {
        for (int k = 0; k < z.particles().length(); k++) {
            out[k] = 2 * (z.score()[k] + z.particles().values[k] / eta);
        }
    }

    private static void draw(double[] logits, int length, Randomness random, long step, Purpose purpose, int iteration, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] uniform = scratch.take(length);
        random.uniforms(step, purpose, iteration, uniform, 0, length);
        LaneMath.get().sigmoid(logits, 0, logits, 0, length);
        for (int k = 0; k < length; k++) {
            out[k] = uniform[k] < logits[k] ? 1 : -1;
        }
        scratch.release(mark);
    }

    /** log a of the moves from one cloud to the other by way of z, particle by particle, over the whole stride. */
    static void logAcceptance(Cloud from, double[] scoreAtZ, Cloud to, double[] logRatio) {
        Particles y = from.particles();
        for (int i = 0; i < y.stride; i++) {
            logRatio[i] = to.logDensity()[i] - from.logDensity()[i];
        }
        for (int j = 0; j < y.dimension; j++) {
            for (int i = 0; i < y.stride; i++) {
                int k = j * y.stride + i;
                logRatio[i] = Math.fma(-scoreAtZ[k], to.particles().values[k] - y.values[k], logRatio[i]);
            }
        }
    }

    @Override
    public Exactness exactness() {
        return adjusted ? Exactness.EXACT
                : Exactness.biased("two-stage discrete Langevin without an accept step; exact for product targets, otherwise biased by the curvature of the log-mass");
    }

    @Override
    public double targetAcceptance() { return adjusted ? 0.55 : Double.NaN; }

    @Override
    public double initialStepSize(int dimension) { return step; }
}
