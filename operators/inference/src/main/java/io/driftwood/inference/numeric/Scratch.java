package io.driftwood.inference.numeric;

import java.util.Arrays;

/**
 * Preallocated buffers of one operator instance, handed out as from a stack: {@code int mark = scratch.mark()}, any number of
 * {@code take}, then {@code scratch.release(mark)}. After a warm-up with the same sizes nothing is allocated. Never saved, never shared between threads; contents are undefined.
 */
public final class Scratch {

    private double[][] buffers = new double[32][];
    private int[][] indexBuffers = new int[8][];
    private int used;
    private int indexUsed;

    /** The state to {@link #release} to. */
    public int mark() { return indexUsed << 16 | used; }

    public void release(int mark) {
        used = mark & 0xFFFF;
        indexUsed = mark >>> 16;
    }

    /** A buffer of at least {@code length} numbers. */
    public double[] take(int length) {
        if (used == buffers.length) {
            buffers = Arrays.copyOf(buffers, 2 * used);
        }
        if (buffers[used] == null || buffers[used].length < length) {
            buffers[used] = new double[length];
        }
        return buffers[used++];
    }

    public int[] takeIndices(int length) {
        if (indexUsed == indexBuffers.length) {
            indexBuffers = Arrays.copyOf(indexBuffers, 2 * indexUsed);
        }
        if (indexBuffers[indexUsed] == null || indexBuffers[indexUsed].length < length) {
            indexBuffers[indexUsed] = new int[length];
        }
        return indexBuffers[indexUsed++];
    }
}
