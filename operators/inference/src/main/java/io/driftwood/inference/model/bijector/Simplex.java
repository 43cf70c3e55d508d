package io.driftwood.inference.model.bijector;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The simplex of K weights by stick-breaking: v_k = sigma(z_k - log(K-1-k)) is broken off what is left,
 * x_k = v_k prod_{j&lt;k} (1 - v_j), and the last weight is the rest (k = 0..K-2). z = 0 is the centre of the simplex.
 *
 * <p>J is that of the first K-1 weights: log|det J| = sum_k log v_k + (K-1-k) log(1 - v_k).
 *
 * <p>Reference: [1] Stan Reference Manual, "Unit simplex".
 * <br>Differs from [1]: nothing.
 */
public final class Simplex extends SeparableBijector {

    private final int weights;

    public Simplex(int weights) {
        super(terms(weights), 0);
        this.weights = weights;
    }

    private static LogisticTerm[] terms(int weights) {
        if (weights < 2) {
            throw new IllegalArgumentException("a simplex has at least 2 weights, not " + weights);
        }
        return IntStream.range(0, weights - 1)
                .mapToObj(k -> new LogisticTerm(1, weights - 1 - k, 1, centre(weights, k)))
                .toArray(LogisticTerm[]::new);
    }

    /** log(K-1-k): where v_k is its fair share. */
    public static double centre(int weights, int k) { return StrictMath.log(weights - 1 - k); }

    @Override
    public int constrainedSize() { return weights; }

    @Override
    public List<String> constrainedNames(String name) {
        return IntStream.rangeClosed(1, weights).mapToObj(k -> name + "[" + k + "]").toList();
    }

    @Override
    public void constrain(double[] z, int zOffset, double[] x, int xOffset, int stride, Scratch scratch) {
        int mark = scratch.mark();
        double[] v = scratch.take(stride);
        int last = xOffset + (weights - 1) * stride;
        Arrays.fill(x, last, last + stride, 1.0);
        for (int k = 0; k < weights - 1; k++) {
            double centre = centre(weights, k);
            for (int i = 0; i < stride; i++) {
                v[i] = z[zOffset + k * stride + i] - centre;
            }
            LaneMath.get().sigmoid(v, 0, v, 0, stride);
            for (int i = 0; i < stride; i++) {
                double rest = x[last + i];
                x[xOffset + k * stride + i] = rest * v[i];
                x[last + i] = rest - rest * v[i];
            }
        }
        scratch.release(mark);
    }

    @Override
    public void unconstrain(double[] x, int xOffset, double[] z, int zOffset) {
        double after = x[xOffset + weights - 1];
        for (int k = weights - 2; k >= 0; k--) {
            z[zOffset + k] = StrictMath.log(x[xOffset + k] / after) + centre(weights, k);
            after += x[xOffset + k];
        }
    }

    /** Backwards along the stick: with a the adjoint of what is left, dz = rest (g_k - a) v (1 - v), then a = v g_k + (1 - v) a. */
    @Override
    public void addPullBack(double[] z, int zOffset, double[] gradient, int xOffset, double[] score, int stride, Scratch scratch) {
        int mark = scratch.mark();
        double[] x = scratch.take(weights * stride);
        double[] adjoint = scratch.take(stride);
        double[] rest = scratch.take(stride);
        constrain(z, zOffset, x, 0, stride, scratch);
        int last = (weights - 1) * stride;
        System.arraycopy(gradient, xOffset + last, adjoint, 0, stride);
        System.arraycopy(x, last, rest, 0, stride);
        for (int column = last - stride; column >= 0; column -= stride) {
            for (int i = 0; i < stride; i++) {
                double after = rest[i];
                rest[i] += x[column + i];
                double v = x[column + i] / rest[i];
                double g = gradient[xOffset + column + i];
                score[zOffset + column + i] += (g - adjoint[i]) * v * after;
                adjoint[i] = v * g + (1 - v) * adjoint[i];
            }
        }
        scratch.release(mark);
    }
}
