package io.driftwood.inference.model.bijector;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Cholesky factor L of a K x K correlation matrix L Lᵀ, through partial correlations w = tanh z, one for each (row, column)
 * with row &gt; column, row by row:
 * <pre>
 *   L_ij = w_ij prod_{l&lt;j} sqrt(1 - w_il^2),   L_ii = prod_{l&lt;i} sqrt(1 - w_il^2)
 * </pre>
 * x holds the K(K-1)/2 entries below the diagonal; the diagonal follows from them. J is that of these entries:
 * log|det J| = sum_ij (1 + (i-1-j)/2) log(1 - w_ij^2), rows and columns counted from 0.
 *
 * <p>Reference: [1] Lewandowski, Kurowicka and Joe (2009), J. Multivariate Analysis 100, 1989-2001; Stan Reference Manual,
 * "Cholesky factors of correlation matrices".
 * <br>Differs from [1]: nothing.
 */
public final class CorrelationCholesky extends SeparableBijector {

    private final int order;

    public CorrelationCholesky(int order) {
        super(terms(order), constant(order));
        this.order = order;
    }

    /** K. */
    public int order() { return order; }

    // 1 - tanh^2 z = 4 sigma(2z) sigma(-2z).
    private static LogisticTerm[] terms(int order) {
        if (order < 2) {
            throw new IllegalArgumentException("a correlation matrix has at least 2 rows, not " + order);
        }
        List<LogisticTerm> terms = new ArrayList<>();
        for (int i = 1; i < order; i++) {
            for (int j = 0; j < i; j++) {
                terms.add(new LogisticTerm(power(i, j), power(i, j), 2, 0));
            }
        }
        return terms.toArray(LogisticTerm[]::new);
    }

    private static double constant(int order) {
        double powers = 0;
        for (int i = 1; i < order; i++) {
            for (int j = 0; j < i; j++) {
                powers += power(i, j);
            }
        }
        return powers * StrictMath.log(4);
    }

    private static double power(int i, int j) { return 1 + 0.5 * (i - 1 - j); }

    @Override
    public int constrainedSize() { return unconstrainedSize(); }

    @Override
    public List<String> constrainedNames(String name) {
        List<String> names = new ArrayList<>();
        for (int i = 2; i <= order; i++) {
            for (int j = 1; j < i; j++) {
                names.add(name + "[" + i + "," + j + "]");
            }
        }
        return names;
    }

    @Override
    public void constrain(double[] z, int zOffset, double[] x, int xOffset, int stride, Scratch scratch) {
        int mark = scratch.mark();
        double[] w = scratch.take(order * stride);
        double[] c = scratch.take(order * stride);
        double[] rest = scratch.take(order * stride);
        for (int i = 1, row = 0; i < order; i++, row += (i - 1) * stride) {
            forward(z, zOffset + row, i, w, c, rest, stride);
            for (int at = 0; at < i * stride; at++) {
                x[xOffset + row + at] = w[at] * rest[at];
            }
        }
        scratch.release(mark);
    }

    @Override
    public void unconstrain(double[] x, int xOffset, double[] z, int zOffset) {
        int column = 0;
        for (int i = 1; i < order; i++) {
            double restSquared = 1;
            for (int j = 0; j < i; j++, column++) {
                double entry = x[xOffset + column];
                double w = entry / Math.sqrt(restSquared);
                z[zOffset + column] = 0.5 * (StrictMath.log1p(w) - StrictMath.log1p(-w));
                restSquared -= entry * entry;
            }
        }
    }

    /**
     * Backwards along each row: with a the adjoint of what is left and c = sqrt(1 - w^2), dz = rest (g c^2 - a w c), then
     * a = w g + c a.
     */
    @Override
    public void addPullBack(double[] z, int zOffset, double[] gradient, int xOffset, double[] score, int stride, Scratch scratch) {
        int mark = scratch.mark();
        double[] w = scratch.take(order * stride);
        double[] c = scratch.take(order * stride);
        double[] rest = scratch.take(order * stride);
        double[] adjoint = scratch.take(stride);
        for (int i = 1, row = 0; i < order; i++, row += (i - 1) * stride) {
            forward(z, zOffset + row, i, w, c, rest, stride);
            Arrays.fill(adjoint, 0, stride, 0.0);
            for (int j = i - 1; j >= 0; j--) {
                for (int l = 0, at = j * stride; l < stride; l++, at++) {
                    double g = gradient[xOffset + row + at];
                    score[zOffset + row + at] += rest[at] * (g * c[at] * c[at] - adjoint[l] * w[at] * c[at]);
                    adjoint[l] = w[at] * g + c[at] * adjoint[l];
                }
            }
        }
        scratch.release(mark);
    }

    /** w = tanh z, c = sqrt(1 - w^2) and what is left before each entry, of one row of {@code entries} entries. */
    private static void forward(double[] z, int zOffset, int entries, double[] w, double[] c, double[] rest, int stride) {
        for (int at = 0; at < entries * stride; at++) {
            w[at] = 2 * z[zOffset + at];
        }
        LaneMath.get().sigmoid(w, 0, w, 0, entries * stride);
        for (int at = 0; at < entries * stride; at++) {
            c[at] = 2 * Math.sqrt(w[at] * (1 - w[at]));
            w[at] = 2 * w[at] - 1;
        }
        Arrays.fill(rest, 0, stride, 1.0);
        for (int at = stride; at < entries * stride; at++) {
            rest[at] = rest[at - stride] * c[at - stride];
        }
    }
}
