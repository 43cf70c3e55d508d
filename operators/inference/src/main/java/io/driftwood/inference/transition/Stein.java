package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * Stein variational transport: a deterministic flow of the whole population towards the target, not a Markov kernel of each particle.
 *
 * <p>In the whitened coordinates u = L^-1 x, with score s = L^T grad l and kernel k(u, v) = e^(-|u - v|^2/b), b the squared median distance over log(N + 1):
 * <pre>
 *   f(u_i) = 1/N sum_j [ k(u_j, u_i) s(u_j) + 2/b (u_i - u_j) k(u_j, u_i) ]
 *   u_i   += h F_i / (1 + h |F_i|),   F = f/kbar,  kbar the mean of k over all pairs
 * </pre>
 * The first term draws particles to high density, the second drives them apart. Approximate: with finite N the particles settle where f = 0, with too little variance where d is not small
 * beside N, and are not draws; their mean is that of a target symmetric about it if they are. No weights, no noise, no accept step: evidence from it is biased. Cost: one score and O(N^2 d).
 * Allocates nothing after warm-up.
 *
 * <p>Reference: [1] Liu and Wang (2016), NeurIPS. Differs from [1]: whitened; the kernel is divided by its mean in place of AdaGrad, so that steps keep their length as d grows; none is longer than a whitened unit; the median is that of
 * the first 128 particles.
 */
public final class Stein implements Transition {

    private static final int MEDIAN_OF = 128;

    private final double step;

    /** @param step h, on a whitened target */
    public Stein(double step) { this.step = step; }

    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = cloud.particles();
        Cloud next = spare.like(x);
        double[] u = scratch.take(x.length());
        double[] score = scratch.take(x.length());
        double[] flow = scratch.take(x.length());
        LaneMath math = LaneMath.get();

        whiten(x, tuning.lower, u);
        math.lowerTransposedTimesColumns(tuning.lower, x.dimension, cloud.score(), score, x.stride, x.stride);
        double kernels = flow(x, u, score, bandwidth(x, u, scratch), flow, scratch);
        // h f/kbar = h N (sum over j) / (sum over pairs)
        math.axpby(0, flow, 0, tuning.stepSize * x.size / kernels, flow, 0, x.length());
        Ula.tame(flow, x, 1, scratch);
        math.lowerTimesColumns(tuning.lower, x.dimension, flow, next.particles().values, x.stride, x.stride);
        math.axpy(1, x.values, 0, next.particles().values, 0, x.length());
        next.particles().pad();
        target.evaluate(next.particles(), next.logDensity(), next.score(), scratch);
        double finite = Acceptance.takeFinite(cloud, next, scratch.take(x.stride), info);
        info.count(finite, 1);
        scratch.release(mark);
        return finite;
    }

    /** u = L^-1 (x - x_0), by forward substitution; distances do not mind the origin, and near the particles they lose no digits. */
    private static void whiten(Particles x, double[] lower, double[] u) {
        int d = x.dimension;
        LaneMath math = LaneMath.get();
        for (int r = 0; r < d; r++) {
            int column = r * x.stride;
            for (int i = 0; i < x.stride; i++) {
                u[column + i] = x.values[column + i] - x.values[column];
            }
            for (int c = 0; c < r; c++) {
                math.axpy(-lower[r * d + c], u, c * x.stride, u, column, x.stride);
            }
            math.axpby(0, u, column, 1 / lower[r * d + r], u, column, x.stride);
        }
    }

    /** b; 1 where particles coincide. */
    static double bandwidth(Particles x, double[] u, Scratch scratch) {
        int mark = scratch.mark();
        int m = Math.min(x.size, MEDIAN_OF);
        double[] squared = scratch.take(m * m / 2);
        int pairs = 0;
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < a; b++) {
                double sum = 0;
                for (int j = 0; j < x.dimension; j++) {
                    double difference = u[j * x.stride + a] - u[j * x.stride + b];
                    sum = Math.fma(difference, difference, sum);
                }
                squared[pairs++] = sum;
            }
        }
        Arrays.sort(squared, 0, pairs);
        double median = pairs == 0 ? 0 : squared[pairs / 2];
        scratch.release(mark);
        return median > 0 ? median / StrictMath.log(x.size + 1) : 1;
    }

    /** Overwrites flow by N f and returns the sum of k over all pairs; tiles of particles as rows against lanes of particles. */
    private static double flow(Particles x, double[] u, double[] score, double b, double[] flow, Scratch scratch) {
        int mark = scratch.mark();
        int d = x.dimension;
        double[] points = scratch.take(x.size * d);
        double[] pulls = scratch.take(x.size * d);
        double[] norms = scratch.take(x.stride);
        double[] sums = scratch.take(x.stride);
        double[] tile = scratch.take(LaneMath.TILE_ROWS * LaneMath.TILE_LANES);
        LaneMath math = LaneMath.get();
        // Rows: u_j, and s_j - 2/b u_j, a score that is not finite counting as none.
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < x.size; i++) {
                double pull = score[j * x.stride + i];
                points[i * d + j] = u[j * x.stride + i];
                pulls[i * d + j] = (Math.abs(pull) <= Double.MAX_VALUE ? pull : 0) - 2 / b * u[j * x.stride + i];
            }
        }
        Arrays.fill(norms, 0, x.stride, 0.0);
        Arrays.fill(sums, 0, x.stride, 0.0);
        Arrays.fill(flow, 0, x.length(), 0.0);
        math.addColumnSquares(u, d, x.stride, x.stride, 1, norms);
        for (int lane = 0; lane < x.stride; lane += LaneMath.TILE_LANES) {
            int lanes = Math.min(LaneMath.TILE_LANES, x.stride - lane);
            for (int row = 0; row < x.size; row += LaneMath.TILE_ROWS) {
                int rows = Math.min(LaneMath.TILE_ROWS, x.size - row);
                math.rowsTimesColumns(points, row * d, d, rows, d, u, x.stride, lane, lanes, tile);
                kernel(norms, row, rows, lane, lanes, b, tile);
                math.addRowsTransposedTimes(pulls, row * d, d, rows, d, tile, flow, x.stride, lane, lanes);
                for (int r = 0; r < rows; r++) {
                    math.axpy(1, tile, r * lanes, sums, lane, lanes);
                }
            }
        }
        // + 2/b u_i sum_j k
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < x.stride; i++) {
                flow[j * x.stride + i] = Math.fma(2 / b * u[j * x.stride + i], sums[i], flow[j * x.stride + i]);
            }
        }
        double total = math.sum(sums, 0, x.size);
        scratch.release(mark);
        return total;
    }

    /** Inner products become kernels: |u - v|^2 = |u|^2 + |v|^2 - 2 u.v, not below 0. */
    private static void kernel(double[] norms, int row, int rows, int lane, int lanes, double b, double[] tile) {
        for (int r = 0; r < rows; r++) {
            for (int l = 0; l < lanes; l++) {
                tile[r * lanes + l] = Math.min(0, (2 * tile[r * lanes + l] - norms[row + r] - norms[lane + l]) / b);
            }
        }
        LaneMath.get().exp(tile, 0, tile, 0, rows * lanes);
    }

    @Override
    public Exactness exactness() {
        return Exactness.biased("Stein variational flow: a deterministic approximation by the whole population and not a Markov kernel; its variance is too small where the dimension is not small beside the number of particles");
    }

    @Override
    public double targetAcceptance() { return Double.NaN; }

    @Override
    public double initialStepSize(int dimension) { return step; }
}
