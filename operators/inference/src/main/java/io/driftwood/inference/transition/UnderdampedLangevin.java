package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * Underdamped Langevin dynamics on every particle of a population, unadjusted, by one of four splittings. In the whitened coordinates u = L^-1 x with
 * momentum p of unit mass and friction g,
 * <pre>
 *   du = p dt,   dp = L^T grad l(x) dt - g p dt + sqrt(2g) dW
 *   A_t  x += t L p        B_t  p += t L^T grad l(x)        O  p = e^(-g d) p + sqrt(1 - e^(-2 g d)) z,
 *                                                           or by Euler  p = (1 - g d) p + sqrt(2 g d) z
 *   obab      O B_(d/2) A_d B_(d/2)              aboba   A_(d/2) B_(d/2) O B_(d/2) A_(d/2)
 *   euler-vu  p = (1 - g d) p + d L^T grad l(x) + sqrt(2 g d) z, then A_d          baoab   B_(d/2) A_(d/2) O A_(d/2) B_(d/2)
 * </pre>
 * the left map first. One score per move; the score at the end of a move serves the next, but for aboba, whose only score is in the middle.
 *
 * <p>Stationary law on a Gaussian of whitened curvature k, with c = d^2 k/4: obab Var u = 1/(k (1 - c)), Var p = 1, both times 1/(1 - g d/2)
 * with Euler's O; aboba and baoab Var u = 1/k exactly; euler-vu with D = 2(2 - g d) - d^2 k: Var u = 2(2 - g d)/(k D). Elsewhere biased by O(d^2),
 * with Euler's steps by O(d). Stable for d &lt; 2/sqrt(k). Allocates nothing after warm-up.
 *
 * <p>References: [1] Leimkuhler and Matthews (2013), Appl. Math. Res. Express; [2] Sachs, Leimkuhler and Danos (2017), Entropy 19(12), for aboba; [3] Geffner and
 * Domke (2023), Langevin diffusion variational inference, whose released code has obab with Euler's O. Differs from them: a particle whose move is
 * not finite stays, with its momentum reversed, and is counted.
 */
public final class UnderdampedLangevin implements Transition {

    /** Order of the maps. */
    public enum Scheme { OBAB, OBAB_EULER, ABOBA, BAOAB, EULER_VU }

    private final Scheme scheme;
    private final double friction;
    private final double step;

    /**
     * @param friction g, in units of the inverse whitened time
     * @param step d to start from, on a whitened target
     */
    public UnderdampedLangevin(Scheme scheme, double friction, double step) {
        this.scheme = scheme;
        this.friction = friction;
        this.step = step;
    }

    @Override
    public int auxiliaries(int dimension) { return dimension; }

    @Override
    public void refresh(Cloud cloud, Target target, Tuning tuning, Randomness random, long step, int iteration, Scratch scratch) {
        Momenta.draw(cloud, random, step, iteration);
    }

    @Override
    public boolean evaluates() { return scheme != Scheme.ABOBA; }

    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        double[] momentum = scratch.take(x.length());
        double[] noise = scratch.take(x.length());
        double[] taken = scratch.take(x.stride);
        Cloud next = spare.like(x);
        next.particles().copyFrom(x);
        System.arraycopy(cloud.auxiliary(), 0, momentum, 0, x.length());
        random.normals(step, Purpose.NOISE, iteration, noise, 0, x.length());

        advance(cloud, next, momentum, noise, target, tuning.lower, tuning.stepSize, scratch);

        double finite = Acceptance.takeFinite(cloud, next, taken, info);
        Acceptance.takeMomenta(taken, momentum, cloud.auxiliary(), x);
        if (!evaluates()) {
            Arrays.fill(cloud.logDensity(), 0, x.stride, Double.NaN);
            Arrays.fill(cloud.score(), 0, x.length(), Double.NaN);
        }
        info.count(finite, 1);
        scratch.release(mark);
        return finite;
    }

    /** The maps in their order; {@code next} starts at the positions of {@code cloud} and gets a density and a score on the way. */
    private void advance(Cloud cloud, Cloud next, double[] p, double[] noise, Target target, double[] lower, double d, Scratch scratch) {
        Particles x = next.particles();
        switch (scheme) {
            case OBAB, OBAB_EULER -> {
                rub(p, noise, d, x.length());
                Flow.kick(d / 2, lower, x, cloud.score(), p, scratch);
                Flow.drift(d, lower, x, p, scratch);
                target.evaluate(x, next.logDensity(), next.score(), scratch);
                Flow.kick(d / 2, lower, x, next.score(), p, scratch);
            }
            case ABOBA -> {
                Flow.drift(d / 2, lower, x, p, scratch);
                target.evaluate(x, next.logDensity(), next.score(), scratch);
                Flow.kick(d / 2, lower, x, next.score(), p, scratch);
                rub(p, noise, d, x.length());
                Flow.kick(d / 2, lower, x, next.score(), p, scratch);
                Flow.drift(d / 2, lower, x, p, scratch);
            }
            case BAOAB -> {
                Flow.kick(d / 2, lower, x, cloud.score(), p, scratch);
                Flow.drift(d / 2, lower, x, p, scratch);
                rub(p, noise, d, x.length());
                Flow.drift(d / 2, lower, x, p, scratch);
                target.evaluate(x, next.logDensity(), next.score(), scratch);
                Flow.kick(d / 2, lower, x, next.score(), p, scratch);
            }
            case EULER_VU -> {
                rub(p, noise, d, x.length());
                Flow.kick(d, lower, x, cloud.score(), p, scratch);
                Flow.drift(d, lower, x, p, scratch);
                target.evaluate(x, next.logDensity(), next.score(), scratch);
            }
        }
    }

    /** O: friction and noise over a time d. */
    private void rub(double[] p, double[] noise, double d, int length) {
        boolean exact = scheme != Scheme.OBAB_EULER && scheme != Scheme.EULER_VU;
        double kept = exact ? StrictMath.exp(-friction * d) : 1 - friction * d;
        double spread = exact ? Math.sqrt(-StrictMath.expm1(-2 * friction * d)) : Math.sqrt(2 * friction * d);
        LaneMath.get().axpby(spread, noise, 0, kept, p, 0, length);
    }

    @Override
    public Exactness exactness() {
        return Exactness.biased(switch (scheme) {
            case OBAB -> "underdamped Langevin without an accept step; a Gaussian direction of whitened curvature k has its variance multiplied by 1/(1 - d^2 k/4) with step d";
            case OBAB_EULER -> "underdamped Langevin without an accept step, friction by Euler; a Gaussian direction of whitened curvature k has its variance multiplied by "
                    + "1/((1 - d^2 k/4)(1 - f d/2)) with step d and friction f";
            case ABOBA, BAOAB -> "underdamped Langevin without an accept step; Gaussian directions keep their variance exactly, otherwise the bias is of the order of the step squared";
            case EULER_VU -> "underdamped Langevin by Euler without an accept step; a Gaussian direction of whitened curvature k has its variance multiplied by "
                    + "1/(1 - d^2 k/(2(2 - f d))) with step d and friction f";
        });
    }

    @Override
    public double targetAcceptance() { return Double.NaN; }

    @Override
    public double initialStepSize(int dimension) { return step; }
}
