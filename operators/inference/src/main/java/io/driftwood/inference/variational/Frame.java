package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * A target in coordinates u, x = m + L u, whose m and L are tuned: log p(m + L u) + log |L|. Where a path ends and wherever it looks at a score g_u = L^T g,
 * m and L are felt; with the cotangent p of g_u and x' = H L p that of x,
 * <pre>   m gets x',   L gets the lower triangle of x' u^T + L^-T g_u p^T;   at the end of a path L^-T g_u and L^-T g_u u^T, and diag(1/L)   </pre>
 */
final class Frame implements Target {

    private final Target target;
    private final int d;
    private final double[] mean;
    private final double[] lower;
    private double logDeterminant;
    private final double[] scoreBar;
    /** Sums of x' u^T and of x', and of g_u p^T. */
    private final OuterSum outer;
    private final OuterSum inner;

    Frame(Target target) {
        this.target = target;
        this.d = target.dimension();
        this.mean = new double[d];
        this.lower = new double[d * d];
        this.scoreBar = new double[d];
        this.outer = new OuterSum(d, d);
        this.inner = new OuterSum(d, d);
    }

    /** Takes m and the rows of L's lower triangle, and forgets the gradient so far. */
    void load(double[] flat, int meanAt, int lowerAt) {
        System.arraycopy(flat, meanAt, mean, 0, d);
        logDeterminant = 0;
        for (int r = 0, at = lowerAt; r < d; at += ++r) {
            System.arraycopy(flat, at, lower, r * d, r + 1);
            logDeterminant += StrictMath.log(lower[r * d + r]);
        }
        Arrays.fill(scoreBar, 0);
        outer.forget();
        inner.forget();
    }

    @Override
    public int dimension() { return d; }

    /** x = m + L u. */
    void colour(Particles u, double[] x) {
        LaneMath.get().lowerTimesColumns(lower, d, u.values, x, u.stride, u.stride);
        for (int j = 0; j < d; j++) {
            for (int i = j * u.stride; i < (j + 1) * u.stride; i++) {
                x[i] += mean[j];
            }
        }
    }

    @Override
    public void evaluate(Particles u, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        Particles x = new Particles(u.size, d, scratch.take(u.length()));
        double[] own = score == null ? null : scratch.take(u.length());
        colour(u, x.values);
        target.evaluate(x, logDensity, own, scratch);
        for (int i = 0; i < u.stride; i++) {
            logDensity[i] += logDeterminant;
        }
        if (score != null) {
            LaneMath.get().lowerTransposedTimesColumns(lower, d, own, score, u.stride, u.stride);
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles u, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        hessianVector(u, v, out, scratch.take(u.length()), scratch);
        scratch.release(mark);
    }

    /** Also x', the Hessian of log p times L v. */
    private void hessianVector(Particles u, double[] v, double[] out, double[] product, Scratch scratch) {
        Particles x = new Particles(u.size, d, scratch.take(u.length()));
        double[] direction = scratch.take(u.length());
        colour(u, x.values);
        LaneMath.get().lowerTimesColumns(lower, d, v, direction, u.stride, u.stride);
        target.hessianVector(x, direction, product, scratch);
        LaneMath.get().lowerTransposedTimesColumns(lower, d, product, out, u.stride, u.stride);
    }

    /** {@link #hessianVector}, and what m and L get of the cotangent p of the score at u. */
    void reverse(Particles u, double[] score, double[] p, double[] out, double[] share, Scratch scratch) {
        int mark = scratch.mark();
        double[] product = scratch.take(u.length());
        hessianVector(u, p, out, product, scratch);
        outer.add(product, u.values, u.stride, u.size, share, 0);
        inner.add(score, p, u.stride, u.size, share, 0);
        scratch.release(mark);
    }

    /** What m and L get where the paths end. */
    void end(Particles u, double[] score, double[] share) {
        inner.add(score, u.values, u.stride, u.size, share, 0);
        Columns.addSums(score, d, u.stride, u.size, share, scoreBar);
    }

    /** gradient of L += factor diag(1/L). */
    void addInverseDiagonal(double factor, double[] gradient, int lowerAt) {
        for (int r = 0; r < d; r++) {
            gradient[lowerAt + r * (r + 3) / 2] += factor / lower[r * d + r];
        }
    }

    void addGradient(double[] gradient, int meanAt, int lowerAt) {
        double[] column = new double[d];
        double[] outerSums = outer.total();
        double[] innerSums = inner.total();
        int width = outer.width();
        for (int c = 0; c < d; c++) {
            for (int r = 0; r < d; r++) {
                column[r] = innerSums[r * width + c];
            }
            solveTransposed(column);
            for (int r = c; r < d; r++) {
                gradient[lowerAt + r * (r + 1) / 2 + c] += outerSums[r * width + c] + column[r] + (r == c ? 1 / lower[r * d + r] : 0);
            }
        }
        double[] ended = scoreBar.clone();
        solveTransposed(ended);
        for (int j = 0; j < d; j++) {
            gradient[meanAt + j] += outerSums[j * width + d] + ended[j];
        }
    }

    /** b becomes L^-T b. */
    private void solveTransposed(double[] b) {
        for (int r = d - 1; r >= 0; r--) {
            double sum = b[r];
            for (int k = r + 1; k < d; k++) {
                sum -= lower[k * d + r] * b[k];
            }
            b[r] = sum / lower[r * d + r];
        }
    }
}
