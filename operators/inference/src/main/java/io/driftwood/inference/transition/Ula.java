package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * Unadjusted Langevin transition on every particle of a population, plain or tamed.
 *
 * <p>With target log-density l, step h, preconditioner C = L L^T and g = L^T grad l(x):
 * <pre>
 *   x' = x + L (h g + sqrt(2h) z),                    z ~ N(0, I)
 *   x' = x + L (h g / (1 + h |g|) + sqrt(2h) z)       tamed
 * </pre>
 * Biased by O(h): on a Gaussian of whitened curvature k the stationary variance is 1/(k (1 - h k/2)), and h must be below 2/k. Taming bounds the drift,
 * for scores that grow faster than linearly, and is biased by O(h) too. One score and two triangular products per move. Allocates nothing after warm-up.
 *
 * <p>References: [1] Roberts and Tweedie (1996), Bernoulli 2(4); [2] Brosse, Durmus, Moulines and Sabanis (2019), Stoch. Proc. Appl. 129, for taming.
 * <br>Differs from [1]: preconditioned; a particle whose move is not finite stays and is counted.
 */
public final class Ula implements Transition {

    private final boolean tamed;
    private final double step;

    /** @param step h to start from, on a whitened target */
    public Ula(boolean tamed, double step) {
        this.tamed = tamed;
        this.step = step;
    }

    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        Cloud next = spare.like(x);
        propose(x, cloud.score(), tamed, next.particles(), tuning.lower, tuning.stepSize, random, step, iteration, scratch);
        target.evaluate(next.particles(), next.logDensity(), next.score(), scratch);
        double finite = Acceptance.takeFinite(cloud, next, scratch.take(x.stride), info);
        info.count(finite, 1);
        scratch.release(mark);
        return finite;
    }

    /** x' of every particle with this score, or estimate of it. */
    static void propose(Particles x, double[] score, boolean tamed, Particles next, double[] lower, double h, Randomness random, long step, int iteration,
            Scratch scratch) {
        int mark = scratch.mark();
        double[] noise = scratch.take(x.length());
        double[] drift = scratch.take(x.length());
        LaneMath math = LaneMath.get();
        random.normals(step, Purpose.NOISE, iteration, noise, 0, x.length());
        // h g + sqrt(2h) z
        math.lowerTransposedTimesColumns(lower, x.dimension, score, drift, x.stride, x.stride);
        if (tamed) {
            tame(drift, x, h, scratch);
        }
        math.axpby(h, drift, 0, Math.sqrt(2 * h), noise, 0, x.length());
        // x' = x + L v
        math.lowerTimesColumns(lower, x.dimension, noise, next.values, x.stride, x.stride);
        math.axpy(1, x.values, 0, next.values, 0, x.length());
        next.pad();
        scratch.release(mark);
    }

    /** g becomes g / (1 + h |g|). */
    static void tame(double[] drift, Particles x, double h, Scratch scratch) {
        int mark = scratch.mark();
        double[] norm = scratch.take(x.stride);
        Arrays.fill(norm, 0, x.stride, 0.0);
        LaneMath.get().addColumnSquares(drift, x.dimension, x.stride, x.stride, 1, norm);
        for (int i = 0; i < x.stride; i++) {
            norm[i] = 1 / (1 + h * Math.sqrt(norm[i]));
        }
        for (int j = 0; j < x.dimension; j++) {
            for (int i = 0; i < x.stride; i++) {
                drift[j * x.stride + i] *= norm[i];
            }
        }
        scratch.release(mark);
    }

    @Override
    public Exactness exactness() {
        return Exactness.biased(tamed
                ? "tamed unadjusted Langevin: no accept step, and large scores are shortened; the bias is of the order of the step"
                : "unadjusted Langevin: no accept step; a Gaussian direction of whitened curvature k has its variance multiplied by 1/(1 - h k/2) with step h");
    }

    @Override
    public double targetAcceptance() { return Double.NaN; }

    @Override
    public double initialStepSize(int dimension) { return step; }
}
