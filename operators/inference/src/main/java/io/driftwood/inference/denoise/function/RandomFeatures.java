package io.driftwood.inference.denoise.function;

import io.driftwood.inference.numeric.ColumnProducts;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/**
 * Features of a place u in R^d: one, u itself, and cosines of random directions,
 * <pre>   phi(u) = (1, u_1, ..., u_d, sqrt(2/r) cos(w_1 . u + b_1), ..., sqrt(2/r) cos(w_r . u + b_r))   </pre>
 * With w normal of sd 1/l and b even on the circle, the inner products of the cosines are those of the normal kernel of length l, without bias.
 *
 * <p>Reference: [1] Rahimi and Recht (2007), Random features for large-scale kernel machines. Differs from [1]: one and u besides, so that a linear function is met exactly.
 *
 * @param directions w, row i at [i*d]
 * @param phases b
 */
public record RandomFeatures(int dimension, double[] directions, double[] phases) {

    /** @param length l, in units of the places */
    public static RandomFeatures of(int dimension, int count, double length, Randomness random) {
        double[] directions = new double[count * dimension];
        double[] phases = new double[count];
        random.normals(0, Purpose.AUXILIARY, 0, directions, 0, directions.length);
        random.uniforms(0, Purpose.AUXILIARY, 1, phases, 0, count);
        for (int k = 0; k < directions.length; k++) {
            directions[k] /= length;
        }
        for (int k = 0; k < count; k++) {
            phases[k] *= 2 * Math.PI;
        }
        return new RandomFeatures(dimension, directions, phases);
    }

    /** 1 + d + r. */
    public int count() { return 1 + dimension + phases.length; }

    /** phi of every lane into {@link #count} columns. */
    public void evaluate(double[] places, int stride, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        int cosines = (1 + dimension) * stride;
        int length = phases.length * stride;
        java.util.Arrays.fill(out, 0, stride, 1.0);
        System.arraycopy(places, 0, out, stride, dimension * stride);
        if (length > 0) {
            double[] angles = scratch.take(length);
            double[] sines = scratch.take(length);
            ColumnProducts.times(directions, 0, phases.length, dimension, places, angles, stride, scratch);
            double size = Math.sqrt(2.0 / phases.length);
            for (int r = 0; r < phases.length; r++) {
                for (int at = r * stride; at < (r + 1) * stride; at++) {
                    angles[at] += phases[r];
                }
            }
            LaneMath.get().sinCos(angles, 0, sines, 0, out, cosines, length);
            for (int at = cosines; at < cosines + length; at++) {
                out[at] *= size;
            }
        }
        scratch.release(mark);
    }
}
