package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * The proximal sampler with restricted Gaussian draws by rejection, for targets whose curvature has a known bound, on every particle.
 *
 * <p>Gibbs on the joint density of u and y ~ N(u, e I), in the whitened coordinates u = L^-1 x, where the Hessian of l lies between -M and M:
 * <pre>
 *   y = u + sqrt(e) z
 *   u | y  with log density -G(u) = l(u) - |u - y|^2/(2e), strongly concave with m = 1/e - M:
 *       a near the top of it, by u = y + e grad l(u) repeated;  D = grad G(a)
 *       propose u ~ N(a - D/m, I/m);   accept with e^(G(a) + D.(u - a) + m |u - a|^2/2 - G(u)), until accepted
 * </pre>
 * The bound in the exponent holds at any a, so a need not be the top. The step size of the tuning is e = 1/(M d), 1/(2M) for d = 1, and stands for M: the
 * expected number of proposals is then at most ((d + 1)/(d - 1))^(d/2), below e for large d. Exact where M is a bound. An acceptance probability above 1 shows that it is not: it is counted,
 * that particle stays, and M is doubled by halving the step size; so too where no proposal is taken in 60 rounds. Cost: the scores of the search for a and of two or three more evaluations of the population: lanes of particles that are
 * done serve those that are not. Allocates nothing after warm-up but the branches of the random stream.
 *
 * <p>References: [1] Lee, Shen and Tian (2021), COLT; [2] Chen, Chewi, Salim and Wibisono (2022), COLT. Differs from [1]: the checked bound, and the gradient term for an inexact a.
 */
public final class ProximalRejection implements Transition {

    private static final int MAX_SEARCH = 12;
    /** |D|^2/m at which a is near enough: it costs a factor e^(-1e-4/2) of acceptance. */
    private static final double NEAR = 1e-4;
    private static final int MAX_ROUNDS = 60;
    /** Above this a logarithm of an acceptance probability is no rounding error. */
    private static final double ROUNDING = 1e-9;

    private final double smoothness;
    private final double near;

    /** @param smoothness M at the start: the largest curvature of log-density either way, in whitened coordinates */
    public ProximalRejection(double smoothness) { this(smoothness, NEAR); }

    /** @param near |D|^2/m at which the search for a ends */
    ProximalRejection(double smoothness, double near) {
        this.smoothness = smoothness;
        this.near = near;
    }

    /*
     * Columns:  y in the coordinates of x;  w = L^-1 (x - y), at a and then at the centre of the proposals;  top = G(a) - |D|^2/(2m), length stride.
     */
    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        double[] y = scratch.take(x.length());
        double[] w = scratch.take(x.length());
        double[] top = scratch.take(x.stride);
        double e = tuning.stepSize;
        double m = 1 / e - bound(e, x.dimension);
        Cloud trial = spare.like(x);

        // y = x + sqrt(e) L z
        random.normals(step, Purpose.AUXILIARY, iteration, w, 0, x.length());
        LaneMath.get().lowerTimesColumns(tuning.lower, x.dimension, w, y, x.stride, x.stride);
        LaneMath.get().axpby(1, x.values, 0, Math.sqrt(e), y, 0, x.length());
        int searches = search(cloud, trial, target, tuning.lower, e, m, y, w, top, scratch);
        long violations = info.boundViolations;
        long lost = info.rejectedNonFinite;
        int rounds = draw(cloud, trial, target, tuning.lower, e, m, y, w, top, random, step, iteration, info, scratch);
        double drawn = 1 - (double) (info.boundViolations - violations + info.rejectedNonFinite - lost) / x.size;
        if (drawn < 1) {
            tuning.stepSize /= 2;
        }
        info.count(drawn, searches + rounds);
        scratch.release(mark);
        return drawn;
    }

    /** M, which the step size stands for. */
    private static double bound(double e, int d) { return 1 / (e * Math.max(2, d)); }

    /** Leaves the centre a - D/m in w and G(a) - |D|^2/(2m) in top; returns the number of evaluations. */
    private int search(Cloud cloud, Cloud trial, Target target, double[] lower, double e, double m, double[] y, double[] w, double[] top, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        double[] slope = scratch.take(x.length());
        double[] squares = scratch.take(x.stride);
        LaneMath math = LaneMath.get();
        // w = e L^T grad l, from the score at x
        math.lowerTransposedTimesColumns(lower, x.dimension, cloud.score(), w, x.stride, x.stride);
        math.axpby(0, w, 0, e, w, 0, x.length());
        int evaluations = 0;
        boolean found = false;
        while (!found) {
            place(trial.particles(), y, w, lower);
            target.evaluate(trial.particles(), trial.logDensity(), trial.score(), scratch);
            evaluations++;
            // D = w/e - L^T grad l
            math.lowerTransposedTimesColumns(lower, x.dimension, trial.score(), slope, x.stride, x.stride);
            math.axpby(1 / e, w, 0, -1, slope, 0, x.length());
            Arrays.fill(squares, 0, x.stride, 0.0);
            math.addColumnSquares(slope, x.dimension, x.stride, x.stride, 1 / m, squares);
            found = evaluations == MAX_SEARCH || math.max(squares, 0, x.size) <= near;
            if (!found) {
                math.axpy(-e, slope, 0, w, 0, x.length());
            }
        }
        for (int i = 0; i < x.stride; i++) {
            top[i] = -trial.logDensity()[i] - 0.5 * squares[i];
        }
        math.addColumnSquares(w, x.dimension, x.stride, x.stride, 0.5 / e, top);
        math.axpy(-1 / m, slope, 0, w, 0, x.length());
        scratch.release(mark);
        return evaluations;
    }

    /** x = y + L w. */
    private static void place(Particles x, double[] y, double[] w, double[] lower) {
        LaneMath.get().lowerTimesColumns(lower, x.dimension, w, x.values, x.stride, x.stride);
        LaneMath.get().axpy(1, y, 0, x.values, 0, x.length());
    }

    /**
     * Rounds of proposals, a lane each, dealt out among the particles that wait; a particle takes the first of its lanes that is accepted. With z the normals of a lane,
     * log a = top + |z|^2/2 + l(x) - |w|^2/(2e).
     */
    private static int draw(Cloud cloud, Cloud trial, Target target, double[] lower, double e, double m, double[] y, double[] centre, double[] top,
            Randomness random, long step, int iteration, MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        int[] waiting = scratch.takeIndices(x.size);
        double[] z = scratch.take(x.length());
        double[] from = scratch.take(x.length());
        double[] log = scratch.take(x.stride);
        double[] uniform = scratch.take(x.stride);
        int count = x.size;
        for (int i = 0; i < count; i++) {
            waiting[i] = i;
        }
        int rounds = 0;
        LaneMath math = LaneMath.get();
        while (count > 0 && rounds < MAX_ROUNDS) {
            Randomness round = random.branch(rounds);
            round.normals(step, Purpose.NOISE, iteration, z, 0, x.length());
            round.uniforms(step, Purpose.ACCEPT, iteration, uniform, 0, x.stride);
            Arrays.fill(log, 0, x.stride, 0.0);
            math.addColumnSquares(z, x.dimension, x.stride, x.stride, 0.5, log);
            for (int j = 0; j < x.dimension; j++) {
                for (int lane = 0; lane < x.stride; lane++) {
                    int k = j * x.stride + waiting[lane % count];
                    z[j * x.stride + lane] = centre[k] + z[j * x.stride + lane] / Math.sqrt(m);
                    from[j * x.stride + lane] = y[k];
                }
            }
            place(trial.particles(), from, z, lower);
            target.evaluate(trial.particles(), trial.logDensity(), trial.score(), scratch);
            math.addColumnSquares(z, x.dimension, x.stride, x.stride, -0.5 / e, log);
            math.axpy(1, trial.logDensity(), 0, log, 0, x.stride);
            rounds++;
            count = settle(cloud, trial, waiting, count, top, log, uniform, info, scratch);
        }
        info.rejectedNonFinite += count;
        cloud.particles().pad();
        scratch.release(mark);
        return rounds;
    }

    /** Takes what is accepted, lane by lane; returns how many particles still wait. */
    private static int settle(Cloud cloud, Cloud trial, int[] waiting, int count, double[] top, double[] log, double[] uniform, MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        double[] chance = scratch.take(x.stride);
        for (int lane = 0; lane < x.stride; lane++) {
            log[lane] += top[waiting[lane % count]];
            chance[lane] = Math.min(0, log[lane]);
        }
        LaneMath.get().exp(chance, 0, chance, 0, x.stride);
        int[] settled = scratch.takeIndices(count);
        Arrays.fill(settled, 0, count, 0);
        for (int lane = 0; lane < x.size; lane++) {
            int slot = lane % count;
            if (settled[slot] == 0) {
                boolean violation = log[lane] > ROUNDING;
                info.proposals++;
                info.boundViolations += violation ? 1 : 0;
                if (!violation && uniform[lane] < chance[lane]) {
                    copy(trial, lane, cloud, waiting[slot]);
                    settled[slot] = 1;
                } else if (violation) {
                    settled[slot] = 1;
                }
            }
        }
        int left = 0;
        for (int slot = 0; slot < count; slot++) {
            waiting[left] = waiting[slot];
            left += 1 - settled[slot];
        }
        scratch.release(mark);
        return left;
    }

    private static void copy(Cloud trial, int lane, Cloud cloud, int i) {
        int stride = cloud.particles().stride;
        cloud.logDensity()[i] = trial.logDensity()[lane];
        for (int j = 0; j < cloud.particles().dimension; j++) {
            cloud.particles().values[j * stride + i] = trial.particles().values[j * stride + lane];
            cloud.score()[j * stride + i] = trial.score()[j * stride + lane];
        }
    }

    @Override
    public Exactness exactness() { return Exactness.EXACT; }

    @Override
    public double targetAcceptance() { return Double.NaN; }

    @Override
    public double initialStepSize(int dimension) { return 1 / (smoothness * Math.max(2, dimension)); }
}
