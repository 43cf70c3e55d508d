package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;
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
            out[q] = Math.fma(standard[q], n == 1 ? s[0] : sd, n == 1 ? m[0] : mean);
        }
        if (n > 1) {
            roots(w, m, s, n, out, scratch);
        }
        scratch.release(mark);
    }

    /*
     * One search for each level, side by side: those that go on stand in front, and their searches' numbers at [a*n + k]. Per search: x, its bounds and
     * the length of its last step; per component: 1/s_k, 0 for a point.
     */
    private void roots(double[] w, double[] m, double[] s, int n, double[] out, Scratch scratch) {
        double[] low = scratch.take(levels.length);
        double[] high = scratch.take(levels.length);
        double[] last = scratch.take(levels.length);
        int[] searches = scratch.takeIndices(levels.length);
        double[] inverse = scratch.take(n);
        double[] z = scratch.take(levels.length * n);
        double[] bells = scratch.take(levels.length * n);
        double[] below = scratch.take(levels.length * n);
        double narrowest = bounds(m, s, n, low, high, inverse);
        int going = levels.length;
        for (int q = 0; q < going; q++) {
            searches[q] = q;
            out[q] = Math.min(high[q], Math.max(low[q], out[q]));
            last[q] = high[q] - low[q];
        }
        for (int i = 0; i < MOST_ITERATIONS && going > 0; i++) {
            standardise(out, searches, going, m, inverse, n, z, bells);
            LaneMath.get().exp(bells, 0, bells, 0, going * n);
            StandardNormal.cumulative(z, bells, below, going * n);
            int still = 0;
            for (int a = 0; a < going; a++) {
                int q = searches[a];
                double missing = levels[q];
                double density = 0;
                double slope = 0;
                for (int k = 0; k < n; k++) {
                    int at = a * n + k;
                    missing -= w[k] * below[at];
                    double own = w[k] * inverse[k] * bells[at];
                    density += own;
                    slope -= own * z[at] * inverse[k];
                }
                if (!step(q, missing, NORMALISER * density, NORMALISER * slope, narrowest, out, low, high, last)) {
                    searches[still++] = q;
                }
            }
            going = still;
        }
        for (int q = 0; q < levels.length; q++) {
            out[q] = nearestPoint(out[q], m, s, n);
        }
    }

    /** @return the scale of the narrowest component */
    private double bounds(double[] m, double[] s, int n, double[] low, double[] high, double[] inverse) {
        Arrays.fill(low, 0, levels.length, Double.POSITIVE_INFINITY);
        Arrays.fill(high, 0, levels.length, Double.NEGATIVE_INFINITY);
        double narrowest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < n; k++) {
            for (int q = 0; q < levels.length; q++) {
                double own = Math.fma(standard[q], s[k], m[k]);
                low[q] = Math.min(low[q], own);
                high[q] = Math.max(high[q], own);
            }
            inverse[k] = s[k] > 0 ? 1 / s[k] : 0;
            narrowest = Math.min(narrowest, s[k]);
        }
        return narrowest;
    }

    /** z = (x - m) / s, and -z^2/2. */
    private static void standardise(double[] x, int[] searches, int going, double[] m, double[] inverse, int n, double[] z, double[] squares) {
        for (int a = 0; a < going; a++) {
            double from = x[searches[a]];
            for (int k = 0; k < n; k++) {
                double own = inverse[k] > 0 ? (from - m[k]) * inverse[k] : from >= m[k] ? FAR : -FAR;
                z[a * n + k] = own;
                squares[a * n + k] = -0.5 * own * own;
            }
        }
    }

    /** @return whether it was the last */
    private static boolean step(int q, double missing, double density, double slope, double narrowest, double[] x, double[] low, double[] high, double[] last) {
        low[q] = missing > 0 ? x[q] : low[q];
        high[q] = missing > 0 ? high[q] : x[q];
        double step = missing / density;
        step /= Math.max(0.5, 1 + 0.5 * step * slope / density);
        double next = x[q] + step;
        // a step that leaves the bounds, or does not halve the one before, is not trusted
        boolean trusted = next > low[q] && next < high[q] && Math.abs(step) < 0.5 * last[q];
        next = trusted ? next : low[q] + 0.5 * (high[q] - low[q]);
        last[q] = Math.abs(next - x[q]);
        x[q] = next;
        return trusted && last[q] <= NEAR * narrowest || high[q] - low[q] <= PRECISE * Math.max(Math.abs(low[q]), Math.abs(high[q]));
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
