package io.driftwood.inference.denoise.function;

import io.driftwood.inference.numeric.ColumnProducts;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;

/**
 * A residual multilayer perceptron on a population of columns, and its gradient by hand:
 * <pre>
 *   h_0 = W u + b      a_k = A_k h_(k-1) + c_k,   h_k = h_(k-1) + B_k silu(a_k) + d_k      F = V h_K + e,      silu(a) = a sigmoid(a)
 *   backwards, with g the gradient of the output:  G_K = V^T g;   S_k = B_k^T G_k * silu'(a_k),   G_(k-1) = G_k + A_k^T S_k
 *   silu'(a) = s (1 + a (1 - s)),  s = sigmoid(a);   matrices get the sum over lanes of gradient times input^T, shifts the sum of gradients
 * </pre>
 * Parameters lie in one array: W, b, then A_k, c_k, B_k, d_k of every block, then V, e, matrices row by row.
 *
 * @param width numbers in each hidden layer
 */
public record Perceptron(int inputs, int outputs, int width, int blocks) {

    public int parameters() { return width * (inputs + 1) + blocks * 2 * width * (width + 1) + outputs * (width + 1); }

    /** Where A_k begins; c_k, B_k and d_k follow. */
    public int block(int k) { return width * (inputs + 1) + k * 2 * width * (width + 1); }

    /** Where V begins; e follows. */
    public int last() { return block(blocks); }

    /** Numbers that {@link #forward} leaves for {@link #addGradient}, of a population of that stride: h_0..h_K, then a_1..a_K. */
    public int tape(int stride) { return (2 * blocks + 1) * width * stride; }

    /** F of every lane. */
    public void forward(double[] parameters, double[] u, int stride, double[] tape, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        int layer = width * stride;
        double[] h = scratch.take(layer);
        double[] a = scratch.take(layer);
        double[] active = scratch.take(layer);
        double[] change = scratch.take(layer);
        affine(parameters, 0, width, inputs, u, h, stride, scratch);
        System.arraycopy(h, 0, tape, 0, layer);
        for (int k = 0; k < blocks; k++) {
            affine(parameters, block(k), width, width, h, a, stride, scratch);
            System.arraycopy(a, 0, tape, (blocks + 1 + k) * layer, layer);
            LaneMath.get().sigmoid(a, 0, active, 0, layer);
            for (int at = 0; at < layer; at++) {
                active[at] *= a[at];
            }
            affine(parameters, block(k) + width * (width + 1), width, width, active, change, stride, scratch);
            LaneMath.get().axpy(1, change, 0, h, 0, layer);
            System.arraycopy(h, 0, tape, (k + 1) * layer, layer);
        }
        affine(parameters, last(), outputs, width, h, out, stride, scratch);
        scratch.release(mark);
    }

    /**
     * Adds the gradient of a sum over lanes to {@code gradient}.
     *
     * @param outGradient g, columns; 0 in lanes that do not count
     */
    public void addGradient(double[] parameters, double[] u, int stride, double[] tape, double[] outGradient, double[] gradient, Scratch scratch) {
        int mark = scratch.mark();
        int layer = width * stride;
        double[] h = scratch.take(layer);
        double[] s = scratch.take(layer);
        double[] active = scratch.take(layer);
        double[] g = scratch.take(layer);
        double[] inner = scratch.take(layer);
        System.arraycopy(tape, blocks * layer, h, 0, layer);
        addAffine(last(), outputs, width, h, outGradient, stride, gradient, scratch);
        back(parameters, last(), outputs, width, outGradient, g, stride, scratch);
        for (int k = blocks - 1; k >= 0; k--) {
            System.arraycopy(tape, (blocks + 1 + k) * layer, active, 0, layer);
            LaneMath.get().sigmoid(active, 0, s, 0, layer);
            for (int at = 0; at < layer; at++) {
                double value = active[at];
                active[at] = value * s[at];
                s[at] = s[at] * (1 + value * (1 - s[at]));
            }
            int second = block(k) + width * (width + 1);
            addAffine(second, width, width, active, g, stride, gradient, scratch);
            back(parameters, second, width, width, g, inner, stride, scratch);
            for (int at = 0; at < layer; at++) {
                inner[at] *= s[at];
            }
            System.arraycopy(tape, k * layer, h, 0, layer);
            addAffine(block(k), width, width, h, inner, stride, gradient, scratch);
            ColumnProducts.addTransposedTimes(parameters, block(k), width, width, inner, g, stride, scratch);
        }
        addAffine(0, width, inputs, u, g, stride, gradient, scratch);
        scratch.release(mark);
    }

    /** out = M in + shift, M at [at..] and the shift behind it. */
    private static void affine(double[] parameters, int at, int rows, int columns, double[] in, double[] out, int stride, Scratch scratch) {
        ColumnProducts.times(parameters, at, rows, columns, in, out, stride, scratch);
        int shift = at + rows * columns;
        for (int r = 0; r < rows; r++) {
            for (int lane = r * stride; lane < (r + 1) * stride; lane++) {
                out[lane] += parameters[shift + r];
            }
        }
    }

    /** out = M^T g. */
    private static void back(double[] parameters, int at, int rows, int columns, double[] g, double[] out, int stride, Scratch scratch) {
        java.util.Arrays.fill(out, 0, columns * stride, 0.0);
        ColumnProducts.addTransposedTimes(parameters, at, rows, columns, g, out, stride, scratch);
    }

    private static void addAffine(int at, int rows, int columns, double[] in, double[] g, int stride, double[] gradient, Scratch scratch) {
        ColumnProducts.addOuter(g, rows, in, columns, stride, gradient, at, scratch);
        for (int r = 0; r < rows; r++) {
            gradient[at + rows * columns + r] += LaneMath.get().sum(g, r * stride, stride);
        }
    }
}
