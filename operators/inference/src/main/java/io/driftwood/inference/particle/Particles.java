package io.driftwood.inference.particle;

import io.driftwood.inference.numeric.LaneMath;

/**
 * N points in d dimensions as columns: dimension j of particle i at {@code values[j*stride + i]}, stride = N rounded up to a
 * multiple of 8. The padding lanes i = N..stride-1 hold copies of particle N-1, so kernels run over whole strides without
 * producing NaN; nothing reads them.
 */
public final class Particles {

    public final int size;
    public final int dimension;
    public final int stride;
    public final double[] values;

    public Particles(int size, int dimension) {
        this(size, dimension, new double[dimension * strideOf(size)]);
    }

    /** A view of an existing buffer, which may be longer than needed. */
    public Particles(int size, int dimension, double[] values) {
        this.size = size;
        this.dimension = dimension;
        this.stride = strideOf(size);
        if (values.length < dimension * stride) {
            throw new IllegalArgumentException("values holds " + values.length + " numbers, needs " + dimension * stride);
        }
        this.values = values;
    }

    public static int strideOf(int size) { return (size + 7) & ~7; }

    public double get(int dimension, int particle) { return values[dimension * stride + particle]; }

    public void set(int dimension, int particle, double value) { values[dimension * stride + particle] = value; }

    public int length() { return dimension * stride; }

    public void copyFrom(Particles other) { System.arraycopy(other.values, 0, values, 0, length()); }

    /** Particle i becomes the old particle ancestors[i]; {@code spare} is a buffer of at least {@code stride} numbers. */
    public void gather(int[] ancestors, double[] spare) {
        for (int j = 0; j < dimension; j++) {
            int column = j * stride;
            System.arraycopy(values, column, spare, 0, stride);
            for (int i = 0; i < size; i++) {
                values[column + i] = spare[ancestors[i]];
            }
        }
        pad();
    }

    /** Fills the padding lanes. To be called by whoever wrote lanes 0..N-1 one by one. */
    public void pad() {
        for (int j = 0; j < dimension; j++) {
            for (int i = size; i < stride; i++) {
                values[j * stride + i] = values[j * stride + size - 1];
            }
        }
    }
}
