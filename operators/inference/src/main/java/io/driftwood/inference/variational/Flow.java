package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * Affine coupling layers. One half A of the coordinates stays and moves the other half B,
 * <pre>
 *   h = tanh(W1 z_A + b1),   (a, t) = W2 h + b2,   z_B becomes z_B e^s + t,   s = 2 tanh(a/2),   log |det| = sum s
 * </pre>
 * Even layers keep the first half, odd ones the second. W2 and b2 are 0 to begin with, so that the flow is the identity; it can always be undone.
 *
 * <p>Reference: [1] Dinh, Sohl-Dickstein and Bengio (2017), Density estimation using real NVP. Differs from [1]: one hidden layer, halves in a row.
 */
final class Flow {

    private static final int HIDDEN = 16;
    private static final double STEEPEST = 2;

    private final int dimension;
    private final int half;
    private final Dense[] into;
    private final Dense[] out;

    Flow(int dimension, int layers) {
        this.dimension = dimension;
        this.half = dimension / 2;
        this.into = new Dense[layers];
        this.out = new Dense[layers];
        for (int l = 0; l < layers; l++) {
            into[l] = new Dense(HIDDEN, kept(l));
            out[l] = new Dense(2 * (dimension - kept(l)), HIDDEN);
        }
    }

    private int kept(int layer) { return layer % 2 == 0 ? half : dimension - half; }

    private int firstKept(int layer) { return layer % 2 == 0 ? 0 : half; }

    private int firstMoved(int layer) { return layer % 2 == 0 ? half : 0; }

    int parameters() {
        int total = 0;
        for (int l = 0; l < into.length; l++) {
            total += into[l].parameters() + out[l].parameters();
        }
        return total;
    }

    void initialise(double[] flat, int offset, Randomness random) {
        int at = offset;
        for (int l = 0; l < into.length; l++) {
            random.normals(0, Purpose.START, l, flat, at, into[l].parameters());
            at = into[l].scale(flat, at) + out[l].parameters();
        }
    }

    void load(double[] flat, int offset) {
        int at = offset;
        for (int l = 0; l < into.length; l++) {
            at = out[l].load(flat, into[l].load(flat, at));
        }
    }

    void addGradient(double[] flat, int offset) {
        int at = offset;
        for (int l = 0; l < into.length; l++) {
            at = out[l].addGradient(flat, into[l].addGradient(flat, at));
        }
    }

    /** to = T(from); adds log |det| of every path. */
    void forward(int layer, double[] from, double[] to, int stride, double[] logDeterminant, Scratch scratch) {
        int mark = scratch.mark();
        Parts parts = new Parts(layer, from, stride, scratch);
        System.arraycopy(from, 0, to, 0, dimension * stride);
        int first = firstMoved(layer) * stride;
        for (int i = 0; i < parts.moved * stride; i++) {
            to[first + i] = from[first + i] * parts.factor[i] + parts.both[parts.moved * stride + i];
            logDeterminant[i % stride] += parts.log[i];
        }
        scratch.release(mark);
    }

    /** from = T^-1(to). */
    void inverse(int layer, double[] to, double[] from, int stride, Scratch scratch) {
        int mark = scratch.mark();
        Parts parts = new Parts(layer, to, stride, scratch);
        System.arraycopy(to, 0, from, 0, dimension * stride);
        int first = firstMoved(layer) * stride;
        for (int i = 0; i < parts.moved * stride; i++) {
            from[first + i] = (to[first + i] - parts.both[parts.moved * stride + i]) / parts.factor[i];
        }
        scratch.release(mark);
    }

    /** The cotangent of T(from), where log |det| counts 1 as well, becomes that of {@code from}. */
    void reverse(int layer, double[] from, double[] bar, int stride, int size, double[] share, Scratch scratch) {
        int mark = scratch.mark();
        Parts parts = new Parts(layer, from, stride, scratch);
        int first = firstMoved(layer) * stride;
        int half = parts.moved * stride;
        double[] bothBar = scratch.take(2 * half);
        for (int i = 0; i < half; i++) {
            double scaled = from[first + i] * parts.factor[i];
            double th = parts.log[i] / STEEPEST;
            // s = 2 tanh(a/2) has slope 1 - tanh^2.
            bothBar[i] = (bar[first + i] * scaled + 1) * (1 - th * th);
            bothBar[half + i] = bar[first + i];
            bar[first + i] *= parts.factor[i];
        }
        double[] hiddenBar = scratch.take(HIDDEN * stride);
        Arrays.fill(hiddenBar, 0, HIDDEN * stride, 0);
        out[layer].reverse(bothBar, parts.hidden, hiddenBar, stride, size, share, 0);
        for (int i = 0; i < HIDDEN * stride; i++) {
            hiddenBar[i] *= 1 - parts.hidden[i] * parts.hidden[i];
        }
        double[] keptBar = scratch.take(kept(layer) * stride);
        Arrays.fill(keptBar, 0, kept(layer) * stride, 0);
        into[layer].reverse(hiddenBar, parts.stays, keptBar, stride, size, share, 0);
        LaneMath.get().axpy(1, keptBar, 0, bar, firstKept(layer) * stride, kept(layer) * stride);
        scratch.release(mark);
    }

    /** What the half that stays makes of the other. */
    private final class Parts {

        final int moved;
        final double[] stays;
        final double[] hidden;
        /** a, then t. */
        final double[] both;
        /** s and e^s. */
        final double[] log;
        final double[] factor;

        Parts(int layer, double[] z, int stride, Scratch scratch) {
            this.moved = dimension - kept(layer);
            this.stays = scratch.take(kept(layer) * stride);
            this.hidden = scratch.take(HIDDEN * stride);
            this.both = scratch.take(2 * moved * stride);
            this.log = scratch.take(moved * stride);
            this.factor = scratch.take(moved * stride);
            System.arraycopy(z, firstKept(layer) * stride, stays, 0, kept(layer) * stride);
            into[layer].apply(stays, hidden, stride);
            tanh(hidden, HIDDEN * stride, 2);
            out[layer].apply(hidden, both, stride);
            System.arraycopy(both, 0, log, 0, moved * stride);
            tanh(log, moved * stride, 1);
            for (int i = 0; i < moved * stride; i++) {
                log[i] *= STEEPEST;
            }
            LaneMath.get().exp(log, 0, factor, 0, moved * stride);
        }
    }

    /** a becomes tanh(a twice/2) = 2 sigmoid(twice a) - 1. */
    private static void tanh(double[] a, int n, double twice) {
        for (int i = 0; i < n; i++) {
            a[i] *= twice;
        }
        LaneMath.get().sigmoid(a, 0, a, 0, n);
        for (int i = 0; i < n; i++) {
            a[i] = 2 * a[i] - 1;
        }
    }
}
