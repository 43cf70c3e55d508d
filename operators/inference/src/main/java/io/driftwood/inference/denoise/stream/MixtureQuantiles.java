package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Quantiles of a mixture of normals of one variable, some of which may be points: the smallest x with F(x) &gt;= q,
 * <pre>
 *   F(x) = sum_k w_k Phi((x - m_k) / s_k)
 * </pre>
 * by Halley's method between bounds that always hold a root, exact to rounding. The quantile lies between those of the components, which are the first bounds.
 */
final class MixtureQuantiles {

    /** Components of less weight than this are left out: F is off by less than that times their number. */
    private static final double NEGLIGIBLE = 1e-16;
    private static final int MOST_ITERATIONS = 200;
    /** Of what a root is known to, relative to the larger bound. */
    private static final double PRECISE = 0x1p-50;
    /** A step this short in units of the narrowest component is the last: what is left is of the order of its cube. */
    private static final double NEAR = 1e-5;
    /** So many standard deviations are all. */
    private static final double FAR = 40;
    private static final double NORMALISER = 1 / Math.sqrt(2 * Math.PI);

    private final double[] levels;
    /** Of the standard normal, at the levels. */
    private final double[] standard;

    /** @param levels ascending, in (0, 1) */
    MixtureQuantiles(double[] levels) {
        this.levels = levels;
        this.standard = new double[levels.length];
        NormalDistribution normal = new NormalDistribution();
        for (int q = 0; q < levels.length; q++) {
            standard[q] = normal.inverseCumulativeProbability(levels[q]);
        }
    }

    boolean wanted() { return levels.length > 0; }

    double[] levels() { return levels; }

    /** Standard normal quantiles at the levels. */
    double[] standard() { return standard; }

    /** A place for quantiles, for whoever keeps them. */
    double[] newResult() { return wanted() ? new double[levels.length] : levels; }

    /**
     * out[q] = quantile at level q.
     *
     * @param means m_k at [k*step + offset]
     * @param variances s_k^2 likewise
     */
    void at(double[] weights, int count, double[] means, double[] variances, int offset, int step, double mean, double sd, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] w = scratch.take(count);
        double[] m = scratch.take(count);
        double[] s = scratch.take(count);
        int n = 0;
        for (int k = 0; k < count; k++) {
            if (weights[k] > NEGLIGIBLE) {
                w[n] = weights[k];
                m[n] = means[k * step + offset];
                s[n] = Math.sqrt(variances[k * step + offset]);
                n++;
            }
        }
        for (int q = 0; q < levels.length; q++) {
            out[q] = n == 1 ? Math.fma(standard[q], s[0], m[0]) : root(w, m, s, n, q, Math.fma(standard[q], sd, mean), scratch);
        }
        scratch.release(mark);
    }

    private double root(double[] w, double[] m, double[] s, int n, int q, double start, Scratch scratch) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double narrowest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < n; k++) {
            double own = Math.fma(standard[q], s[k], m[k]);
            low = Math.min(low, own);
            high = Math.max(high, own);
            narrowest = Math.min(narrowest, s[k]);
        }
        int mark = scratch.mark();
        double[] z = scratch.take(n);
        double[] bells = scratch.take(n);
        double x = Math.min(high, Math.max(low, start));
        double last = high - low;
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            double missing = levels[q];
            double density = 0;
            double slope = 0;
            for (int k = 0; k < n; k++) {
                z[k] = s[k] > 0 ? (x - m[k]) / s[k] : x >= m[k] ? FAR : -FAR;
                bells[k] = -0.5 * z[k] * z[k];
            }
            LaneMath.get().exp(bells, 0, bells, 0, n);
            for (int k = 0; k < n; k++) {
                missing -= w[k] * StandardNormal.cumulative(z[k], bells[k]);
                double own = s[k] > 0 ? w[k] * NORMALISER * bells[k] / s[k] : 0;
                density += own;
                slope -= s[k] > 0 ? own * z[k] / s[k] : 0;
            }
            low = missing > 0 ? x : low;
            high = missing > 0 ? high : x;
            double step = missing / density;
            step /= Math.max(0.5, 1 + 0.5 * step * slope / density);
            double next = x + step;
            // a step that leaves the bounds, or does not halve the one before, is not trusted
            boolean trusted = next > low && next < high && Math.abs(step) < 0.5 * last;
            next = trusted ? next : low + 0.5 * (high - low);
            last = Math.abs(next - x);
            x = next;
            if (trusted && last <= NEAR * narrowest || high - low <= PRECISE * Math.max(Math.abs(low), Math.abs(high))) {
                break;
            }
        }
        x = nearestPoint(x, m, s, n);
        scratch.release(mark);
        return x;
    }

    /** Where F jumps, the point of the jump itself. */
    private static double nearestPoint(double x, double[] m, double[] s, int n) {
        for (int k = 0; k < n; k++) {
            if (s[k] == 0 && Math.abs(x - m[k]) <= 4 * PRECISE * Math.abs(m[k])) {
                return m[k];
            }
        }
        return x;
    }
}
