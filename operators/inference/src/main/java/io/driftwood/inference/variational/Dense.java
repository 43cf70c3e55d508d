package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;

/** A dense layer y = W x + b on columns of paths, with its adjoint. W by rows, then b, where they are in the vector of parameters. */
final class Dense {

    private final int outputs;
    private final int inputs;
    private final OuterSum gradient;
    private double[] weights;
    private int at;

    Dense(int outputs, int inputs) {
        this.outputs = outputs;
        this.inputs = inputs;
        this.gradient = new OuterSum(outputs, inputs);
    }

    int parameters() { return outputs * (inputs + 1); }

    /** Scales standard normals to weights of variance 2/(inputs + outputs) and offsets of sd 0.01; returns where the layer ends. */
    int scale(double[] flat, int from) {
        double sd = Math.sqrt(2.0 / (inputs + outputs));
        for (int k = 0; k < outputs * inputs; k++) {
            flat[from + k] *= sd;
        }
        for (int k = outputs * inputs; k < parameters(); k++) {
            flat[from + k] *= 0.01;
        }
        return from + parameters();
    }

    /** Works with the weights that stand there from now on, and forgets the gradient so far; returns where the layer ends. */
    int load(double[] flat, int from) {
        weights = flat;
        at = from;
        gradient.forget();
        return from + parameters();
    }

    int addGradient(double[] flat, int from) {
        double[] sums = gradient.total();
        int width = gradient.width();
        int offsets = from + outputs * inputs;
        for (int r = 0; r < outputs; r++) {
            LaneMath.get().axpy(1, sums, r * width, flat, from + r * inputs, inputs);
            flat[offsets + r] += sums[r * width + inputs];
        }
        return from + parameters();
    }

    /** out = W in + b, columns of {@code lanes}. */
    void apply(double[] in, double[] out, int lanes) {
        LaneMath.get().rowsTimesColumns(weights, at, inputs, outputs, inputs, in, lanes, 0, lanes, out);
        int offsets = at + outputs * inputs;
        for (int r = 0; r < outputs; r++) {
            double offset = weights[offsets + r];
            for (int i = r * lanes; i < (r + 1) * lanes; i++) {
                out[i] += offset;
            }
        }
    }

    /**
     * inBar += W^T bar, and the gradients of W and b, in which path i counts share[lane + i].
     *
     * @param counted paths that are no padding
     */
    void reverse(double[] bar, double[] in, double[] inBar, int lanes, int counted, double[] share, int lane) {
        LaneMath.get().addRowsTransposedTimes(weights, at, inputs, outputs, inputs, bar, inBar, lanes, 0, lanes);
        gradient.add(bar, in, lanes, counted, share, lane);
    }
}
