package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;

/**
 * A partition of unity of R^d into soft slabs along one direction w: shares r_1 .. r_C that sum to one everywhere,
 * <pre>
 *   r_c(x) = e^(a_c + b_c t) / sum_k e^(a_k + b_k t),   t = w^T x,   b_c - b_(c-1) = 1/s,   a_c - a_(c-1) = -e_c/s
 * </pre>
 * so that slabs c - 1 and c have equal shares at the edge e_c and one is e times the other a softness s from there. Slabs of one width D between edges are nearly
 * normal windows of variance s D, to a ripple of 2 exp(-2 pi^2 s/D): a normal times a share is nearly a normal.
 */
public final class Strata {

    private final double[] direction;
    private final double[] intercepts;
    private final double[] slopes;

    /**
     * @param direction w, not zero
     * @param edges of t between slabs, ascending; one fewer than slabs
     * @param softness in units of t
     */
    public Strata(double[] direction, double[] edges, double softness) {
        if (!(softness > 0 && softness < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the softness of strata must be greater than 0 and finite, not " + softness);
        }
        this.direction = direction.clone();
        this.intercepts = new double[edges.length + 1];
        this.slopes = new double[edges.length + 1];
        for (int c = 1; c <= edges.length; c++) {
            if (c > 1 && !(edges[c - 1] > edges[c - 2])) {
                throw new IllegalArgumentException("edges of strata must ascend, and " + Arrays.toString(edges) + " do not");
            }
            slopes[c] = slopes[c - 1] + 1 / softness;
            intercepts[c] = intercepts[c - 1] - edges[c - 1] / softness;
        }
    }

    public int count() { return slopes.length; }

    int dimension() { return direction.length; }

    double direction(int j) { return direction[j]; }

    double slope(int c) { return slopes[c]; }

    /** out[i] = w^T of particle i of these columns. */
    void project(double[] columns, int stride, double[] out) {
        Arrays.fill(out, 0, stride, 0.0);
        for (int j = 0; j < direction.length; j++) {
            LaneMath.get().axpy(direction[j], columns, j * stride, out, 0, stride);
        }
    }

    /**
     * Overwrites shares[c*stride + i] with r_c and logShare[i] with log r_own, to full precision where r_own is tiny.
     *
     * @param t may be logShare
     */
    void shares(double[] t, int stride, int own, double[] shares, double[] logShare, Scratch scratch) {
        int mark = scratch.mark();
        double[] most = scratch.take(stride);
        double[] sum = scratch.take(stride);
        Arrays.fill(most, 0, stride, Double.NEGATIVE_INFINITY);
        for (int c = 0; c < count(); c++) {
            for (int i = 0; i < stride; i++) {
                shares[c * stride + i] = intercepts[c] + slopes[c] * t[i];
                most[i] = Math.max(most[i], shares[c * stride + i]);
            }
        }
        for (int c = 0; c < count(); c++) {
            for (int i = 0; i < stride; i++) {
                shares[c * stride + i] -= most[i];
            }
        }
        System.arraycopy(shares, own * stride, logShare, 0, stride);
        LaneMath.get().exp(shares, 0, shares, 0, count() * stride);
        Arrays.fill(sum, 0, stride, 0.0);
        for (int c = 0; c < count(); c++) {
            LaneMath.get().axpy(1, shares, c * stride, sum, 0, stride);
        }
        for (int c = 0; c < count(); c++) {
            for (int i = 0; i < stride; i++) {
                shares[c * stride + i] /= sum[i];
            }
        }
        LaneMath.get().log(sum, 0, sum, 0, stride);
        LaneMath.get().axpy(-1, sum, 0, logShare, 0, stride);
        scratch.release(mark);
    }
}
