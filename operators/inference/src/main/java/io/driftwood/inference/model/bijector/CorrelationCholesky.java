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
        double[] s = scratch.take(stride);
        double[] rest = scratch.take(stride);
        int column = 0;
        for (int i = 1; i < order; i++) {
            Arrays.fill(rest, 0, stride, 1.0);
            for (int j = 0; j < i; j++, column += stride) {
                for (int l = 0; l < stride; l++) {
                    s[l] = 2 * z[zOffset + column + l];
                }
                LaneMath.get().sigmoid(s, 0, s, 0, stride);
                for (int l = 0; l < stride; l++) {
                    double left = rest[l];
                    x[xOffset + column + l] = (2 * s[l] - 1) * left;
                    // sqrt(1 - w^2) = 2 sqrt(sigma (1 - sigma))
                    rest[l] = 2 * Math.sqrt(s[l] * (1 - s[l])) * left;
                }
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
}
