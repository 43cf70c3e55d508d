package io.driftwood.inference.target;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/** The density side of a {@link GaussianMixture}, whose formulas it computes: log q_v, responsibilities, score, Hessian. */
final class MixtureDensity {

    /*
     * Columns of N particles, stride apart:
     *   r       responsibility of component k for particle i at [k*stride + i]
     *   axes    Q_k^T (y - mu_k), then scaled along the axes
     */
    private final double[] weights;
    private final MixtureComponents components;

    MixtureDensity(double[] weights, MixtureComponents components) {
        this.weights = weights;
        this.components = components;
    }

    void evaluate(Particles y, double variance, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(components.count * y.stride);
        responsibilities(y, variance, r, logDensity, scratch);
        if (score != null) {
            score(y, variance, r, score, scratch);
        }
        scratch.release(mark);
    }

    /** r_k of every particle at [k*stride + i], with log q_v. */
    void responsibilities(Particles y, double variance, double[] r, double[] logDensity, Scratch scratch) {
        int mark = scratch.mark();
        double[] centred = scratch.take(y.length());
        double[] axes = scratch.take(y.length());
        for (int k = 0; k < components.count; k++) {
            components.toAxes(k, y, centred, axes);
            double constant = StrictMath.log(weights[k]);
            int column = k * y.stride;
            Arrays.fill(r, column, column + y.stride, 0.0);
            for (int j = 0; j < components.dimension; j++) {
                double total = components.eigenvalue(k, j) + variance;
                constant -= 0.5 * StrictMath.log(2 * Math.PI * total);
                addScaledSquares(-0.5 / total, axes, j * y.stride, r, column, y.stride);
            }
            for (int i = 0; i < y.stride; i++) {
                r[column + i] += constant;
            }
        }
        Softmax.columns(r, components.count, y.stride, logDensity, scratch);
        scratch.release(mark);
    }

    private static void addScaledSquares(double factor, double[] a, int offset, double[] out, int outOffset, int n) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = Math.fma(factor * a[offset + i], a[offset + i], out[outOffset + i]);
        }
    }

    private void score(Particles y, double variance, double[] r, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] centred = scratch.take(y.length());
        double[] axes = scratch.take(y.length());
        Arrays.fill(score, 0, y.length(), 0.0);
        for (int k = 0; k < components.count; k++) {
            components.toAxes(k, y, centred, axes);
            for (int j = 0; j < components.dimension; j++) {
                weigh(-1 / (components.eigenvalue(k, j) + variance), r, k, axes, j, y.stride);
            }
            components.addFromAxes(k, axes, y.stride, score);
        }
        scratch.release(mark);
    }

    /** Column j of {@code axes} times gain times r_k. */
    private static void weigh(double gain, double[] r, int k, double[] axes, int j, int stride) {
        for (int i = 0; i < stride; i++) {
            axes[j * stride + i] *= gain * r[k * stride + i];
        }
    }

    void hessianVector(Particles y, double variance, double[] direction, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(components.count * y.stride);
        double[] logDensity = scratch.take(y.stride);
        double[] score = scratch.take(y.length());
        double[] axes = scratch.take(y.length());
        double[] along = scratch.take(y.length());
        double[] deviation = scratch.take(y.length());
        responsibilities(y, variance, r, logDensity, scratch);
        score(y, variance, r, score, scratch);
        Arrays.fill(out, 0, y.length(), 0.0);
        for (int k = 0; k < components.count; k++) {
            // r_k (g_k - score) ((g_k - score) . u)
            gradient(k, y, variance, axes, along, deviation);
            LaneMath.get().axpy(-1, score, 0, deviation, 0, y.length());
            addOuter(r, k, deviation, direction, out, y, scratch);
            // - r_k (S_k + v I)^-1 u
            if (components.rotated()) {
                components.directionToAxes(k, direction, y.stride, along);
            } else {
                System.arraycopy(direction, 0, along, 0, y.length());
            }
            for (int j = 0; j < components.dimension; j++) {
                weigh(-1 / (components.eigenvalue(k, j) + variance), r, k, along, j, y.stride);
            }
            components.addFromAxes(k, along, y.stride, out);
        }
        scratch.release(mark);
    }

    /** g_k into {@code out}. */
    private void gradient(int k, Particles y, double variance, double[] axes, double[] spare, double[] out) {
        components.toAxes(k, y, spare, axes);
        for (int j = 0; j < components.dimension; j++) {
            scale(-1 / (components.eigenvalue(k, j) + variance), axes, j * y.stride, y.stride);
        }
        Arrays.fill(out, 0, y.length(), 0.0);
        components.addFromAxes(k, axes, y.stride, out);
    }

    static void scale(double factor, double[] a, int offset, int n) {
        for (int i = 0; i < n; i++) {
            a[offset + i] *= factor;
        }
    }

    /** out += r_k a (a . u) for every lane. */
    private void addOuter(double[] r, int k, double[] a, double[] u, double[] out, Particles y, Scratch scratch) {
        int mark = scratch.mark();
        double[] product = scratch.take(y.stride);
        Arrays.fill(product, 0, y.stride, 0.0);
        for (int j = 0; j < components.dimension; j++) {
            LaneMath.get().multiplyAdd(a, j * y.stride, u, j * y.stride, product, 0, y.stride);
        }
        for (int i = 0; i < y.stride; i++) {
            product[i] *= r[k * y.stride + i];
        }
        for (int j = 0; j < components.dimension; j++) {
            LaneMath.get().multiplyAdd(a, j * y.stride, product, 0, out, j * y.stride, y.stride);
        }
        scratch.release(mark);
    }
}
