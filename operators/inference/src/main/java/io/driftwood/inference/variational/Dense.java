package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;

/** A dense layer y = W x + b on columns of paths, with its adjoint. W by rows, padded to a multiple of eight inputs; in the vector of weights without padding, then b. */
final class Dense {

    private final int outputs;
    private final int inputs;
    private final int padded;
    private final double[] weights;
    private final double[] offsets;
    private final double[] weightsBar;
    private final double[] offsetsBar;

    Dense(int outputs, int inputs) {
        this.outputs = outputs;
        this.inputs = inputs;
        this.padded = (inputs + 7) & ~7;
        this.weights = new double[outputs * padded];
        this.offsets = new double[outputs];
        this.weightsBar = new double[outputs * padded];
        this.offsetsBar = new double[outputs];
    }

    int parameters() { return outputs * (inputs + 1); }

    /** Scales standard normals to weights of variance 2/(inputs + outputs) and offsets of sd 0.01; returns where the layer ends. */
    int scale(double[] flat, int at) {
        double sd = Math.sqrt(2.0 / (inputs + outputs));
        for (int k = 0; k < outputs * inputs; k++) {
            flat[at + k] *= sd;
        }
        for (int k = outputs * inputs; k < parameters(); k++) {
            flat[at + k] *= 0.01;
        }
        return at + parameters();
    }

    int load(double[] flat, int at) {
        for (int r = 0; r < outputs; r++) {
            System.arraycopy(flat, at + r * inputs, weights, r * padded, inputs);
        }
        System.arraycopy(flat, at + outputs * inputs, offsets, 0, outputs);
        Arrays.fill(weightsBar, 0);
        Arrays.fill(offsetsBar, 0);
        return at + parameters();
    }

    int addGradient(double[] flat, int at) {
        for (int r = 0; r < outputs; r++) {
            LaneMath.get().axpy(1, weightsBar, r * padded, flat, at + r * inputs, inputs);
        }
        LaneMath.get().axpy(1, offsetsBar, 0, flat, at + outputs * inputs, outputs);
        return at + parameters();
    }

    /** out = W in + b, columns of {@code lanes}. */
    void apply(double[] in, double[] out, int lanes) {
        LaneMath.get().rowsTimesColumns(weights, 0, padded, outputs, inputs, in, lanes, 0, lanes, out);
        for (int r = 0; r < outputs; r++) {
            for (int i = r * lanes; i < (r + 1) * lanes; i++) {
                out[i] += offsets[r];
            }
        }
    }

    /**
     * inBar += W^T bar, and the gradients of W and b, in which path i counts share[lane + i].
     *
     * @param counted paths that are no padding
     */
    void reverse(double[] bar, double[] in, double[] inBar, int lanes, int counted, double[] share, int lane, Scratch scratch) {
        LaneMath.get().addRowsTransposedTimes(weights, 0, padded, outputs, inputs, bar, inBar, lanes, 0, lanes);
        Columns.addOuter(bar, outputs, in, inputs, lanes, counted, share, lane, weightsBar, padded, scratch);
        for (int r = 0; r < outputs; r++) {
            offsetsBar[r] += LaneMath.get().dot(share, lane, bar, r * lanes, counted);
        }
    }
}
