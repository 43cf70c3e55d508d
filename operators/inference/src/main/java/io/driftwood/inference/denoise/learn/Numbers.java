package io.driftwood.inference.denoise.learn;

import java.util.Arrays;

/** Reads numbers that were written in a row, from first to last. */
final class Numbers {

    private final double[] all;
    private int at;

    Numbers(double[] all) { this.all = all; }

    double next() { return all[at++]; }

    double[] next(int length) {
        at += length;
        return Arrays.copyOfRange(all, at - length, at);
    }

    double[][] next(int rows, int length) {
        double[][] out = new double[rows][];
        for (int k = 0; k < rows; k++) {
            out[k] = next(length);
        }
        return out;
    }

    void into(double[] out) {
        System.arraycopy(all, at, out, 0, out.length);
        at += out.length;
    }
}
