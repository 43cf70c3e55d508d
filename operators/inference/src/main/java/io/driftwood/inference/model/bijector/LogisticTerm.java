package io.driftwood.inference.model.bijector;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;

/**
 * The function a log sigma(t) + b log sigma(-t), t = slope (z - centre), of one column. The log-Jacobians of the interval, the simplex
 * and the correlation factor are sums of such terms, one a column, and so are the Dirichlet and LKJ densities pulled back through
 * them: that is why those blocks need no matrix in their derivatives.
 *
 * <pre>
 *   value      a t - (a+b) softplus(t)
 *   d/dz       slope (a - (a+b) sigma(t))
 *   d2/dz2     -slope^2 (a+b) sigma(t) sigma(-t)
 * </pre>
 */
public record LogisticTerm(double a, double b, double slope, double centre) {

    /** Adds the value to {@code logDensity[0..n)} and the derivative to {@code score[zOffset..)}, where not null. */
    public void add(double[] z, int zOffset, int n, double[] logDensity, double[] score, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int mark = scratch.mark();
        double[] t = scratch.take(n);
        double[] f = scratch.take(n);
        argument(z, zOffset, n, t);
        math.softplus(t, 0, f, 0, n);
        for (int i = 0; i < n; i++) {
            logDensity[i] += a * t[i] - (a + b) * f[i];
        }
        if (score != null) {
            math.sigmoid(t, 0, f, 0, n);
            for (int i = 0; i < n; i++) {
                score[zOffset + i] += slope * (a - (a + b) * f[i]);
            }
        }
        scratch.release(mark);
    }

    /** Adds the second derivative times v. */
    public void addHessianVector(double[] z, int zOffset, int n, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] s = scratch.take(n);
        argument(z, zOffset, n, s);
        LaneMath.get().sigmoid(s, 0, s, 0, n);
        double factor = -slope * slope * (a + b);
        for (int i = 0; i < n; i++) {
            out[zOffset + i] += factor * s[i] * (1 - s[i]) * v[zOffset + i];
        }
        scratch.release(mark);
    }

    private void argument(double[] z, int zOffset, int n, double[] t) {
        for (int i = 0; i < n; i++) {
            t[i] = slope * (z[zOffset + i] - centre);
        }
    }
}
