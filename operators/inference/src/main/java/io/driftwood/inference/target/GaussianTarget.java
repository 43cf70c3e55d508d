package io.driftwood.inference.target;

import io.driftwood.inference.numeric.Cholesky;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * N(mean, L L^T), normalised: a reference distribution to start from, and an oracle.
 *
 * <pre>
 *   u = L^-1 (x - mean)      log density = -|u|^2/2 - sum_j log L_jj - (d/2) log 2 pi      score = -L^-T u
 * </pre>
 * Cost O(N d^2).
 */
public final class GaussianTarget implements Target {

    private final double[] mean;
    private final double[] lower;
    /** L^-1, row-major lower triangular, so that a population is whitened by a product instead of a solve. */
    private final double[] lowerInverse;
    private final double logNormaliser;

    /** @param lower L, row-major d x d, positive diagonal; entries above the diagonal are ignored */
    public GaussianTarget(double[] mean, double[] lower) {
        int d = mean.length;
        this.mean = mean.clone();
        this.lower = lower.clone();
        this.lowerInverse = invert(lower, d);
        double logDeterminant = 0;
        for (int j = 0; j < d; j++) {
            logDeterminant += StrictMath.log(lower[j * d + j]);
        }
        this.logNormaliser = -logDeterminant - 0.5 * d * StrictMath.log(2 * Math.PI);
    }

    /** N(0, I). */
    public static GaussianTarget standard(int dimension) {
        double[] ones = new double[dimension];
        Arrays.fill(ones, 1);
        return independent(new double[dimension], ones);
    }

    /** N(mean, diag sd^2). */
    public static GaussianTarget independent(double[] mean, double[] sd) {
        int d = mean.length;
        double[] lower = new double[d * d];
        for (int j = 0; j < d; j++) {
            lower[j * d + j] = sd[j];
        }
        return new GaussianTarget(mean, lower);
    }

    /**
     * N(mean, covariance).
     *
     * @param covariance row-major d x d
     * @throws IllegalArgumentException when it is not positive definite
     */
    public static GaussianTarget of(double[] mean, double[] covariance) {
        Cholesky cholesky = new Cholesky();
        if (!cholesky.decompose(covariance, mean.length)) {
            throw new IllegalArgumentException("the covariance is not positive definite");
        }
        double[] lower = new double[covariance.length];
        cholesky.lower(lower);
        return new GaussianTarget(mean, lower);
    }

    @Override
    public int dimension() { return mean.length; }

    public double[] mean() { return mean.clone(); }

    /** L, row-major d x d. */
    public double[] lower() { return lower.clone(); }

    /** L L^T, row-major d x d. */
    public double[] covariance() {
        int d = mean.length;
        double[] out = new double[d * d];
        for (int r = 0; r < d; r++) {
            for (int c = 0; c < d; c++) {
                for (int k = 0; k <= Math.min(r, c); k++) {
                    out[r * d + c] = Math.fma(lower[r * d + k], lower[c * d + k], out[r * d + c]);
                }
            }
        }
        return out;
    }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] centred = scratch.take(x.length());
        double[] white = scratch.take(x.length());
        LaneMath math = LaneMath.get();
        centre(x, centred);
        math.lowerTimesColumns(lowerInverse, dimension(), centred, white, x.stride, x.stride);
        Arrays.fill(logDensity, 0, x.stride, logNormaliser);
        math.addColumnSquares(white, dimension(), x.stride, x.stride, -0.5, logDensity);
        if (score != null) {
            math.lowerTransposedTimesColumns(lowerInverse, dimension(), white, score, x.stride, x.stride);
            negate(score, x.length());
        }
        scratch.release(mark);
    }

    /** H v = -L^-T L^-1 v. */
    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] white = scratch.take(x.length());
        LaneMath.get().lowerTimesColumns(lowerInverse, dimension(), v, white, x.stride, x.stride);
        LaneMath.get().lowerTransposedTimesColumns(lowerInverse, dimension(), white, out, x.stride, x.stride);
        negate(out, x.length());
        scratch.release(mark);
    }

    /** Independent draws x = mean + L z. */
    public void sample(Particles x, Randomness random, long step, Purpose purpose, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] z = scratch.take(x.length());
        random.normals(step, purpose, iteration, z, 0, x.length());
        LaneMath.get().lowerTimesColumns(lower, dimension(), z, x.values, x.stride, x.stride);
        for (int j = 0; j < dimension(); j++) {
            for (int i = 0; i < x.stride; i++) {
                x.values[j * x.stride + i] += mean[j];
            }
        }
        x.pad();
        scratch.release(mark);
    }

    private void centre(Particles x, double[] out) {
        for (int j = 0; j < dimension(); j++) {
            int column = j * x.stride;
            for (int i = 0; i < x.stride; i++) {
                out[column + i] = x.values[column + i] - mean[j];
            }
        }
    }

    private static void negate(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            a[i] = -a[i];
        }
    }

    private static double[] invert(double[] lower, int d) {
        double[] inverse = new double[d * d];
        for (int c = 0; c < d; c++) {
            for (int r = c; r < d; r++) {
                double sum = r == c ? 1 : 0;
                for (int k = c; k < r; k++) {
                    sum -= lower[r * d + k] * inverse[k * d + c];
                }
                inverse[r * d + c] = sum / lower[r * d + r];
            }
        }
        return inverse;
    }
}
