package io.driftwood.inference.target;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.ArrayList;
import java.util.List;

/**
 * A target over standardised effects z_g = b_g t, t = e^(l/2), l = log tau its last coordinate, as the target over the effects b_g themselves:
 * <pre>
 *   log p(b, l) = log p(z, l) + G l / 2
 *   d/db_g = t s_g       d/dl = s_l + sum_g s_g z_g / 2 + G / 2        (s the score in z and l)
 * </pre>
 * Centred effects are what published comparisons move; they narrow as tau grows, which standardised ones do not.
 */
final class CentredEffects implements Target {

    private final Target standardised;
    private final int first;
    private final int groups;

    private CentredEffects(Target standardised, int first, int groups) {
        this.standardised = standardised;
        this.first = first;
        this.groups = groups;
    }

    /** @param first the first effect's coordinate; {@code groups} effects follow one another, and log tau comes last */
    record Known(PosteriorProblem standardised, int first, int groups) implements Problem {

        @Override
        public CentredEffects target() { return new CentredEffects(standardised.target(), first, groups); }

        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>(standardised.names());
            for (int g = 0; g < groups; g++) {
                names.set(first + g, "b" + (g + 1));
            }
            return names;
        }
    }

    @Override
    public int dimension() { return standardised.dimension(); }

    private int last() { return dimension() - 1; }

    /** The point in standardised coordinates, t in {@code root}. */
    private Particles standardise(Particles x, double[] root, Scratch scratch) {
        Particles z = new Particles(x.size, x.dimension, scratch.take(x.length()));
        z.copyFrom(x);
        for (int i = 0; i < x.stride; i++) {
            root[i] = 0.5 * x.values[last() * x.stride + i];
        }
        LaneMath.get().exp(root, 0, root, 0, x.stride);
        multiplyEffects(root, z.values, x.stride);
        return z;
    }

    private void multiplyEffects(double[] factor, double[] columns, int stride) {
        for (int g = first; g < first + groups; g++) {
            for (int i = 0; i < stride; i++) {
                columns[g * stride + i] *= factor[i];
            }
        }
    }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] root = scratch.take(x.stride);
        Particles z = standardise(x, root, scratch);
        standardised.evaluate(z, logDensity, score, scratch);
        int precision = last() * x.stride;
        for (int i = 0; i < x.stride; i++) {
            logDensity[i] += 0.5 * groups * x.values[precision + i];
        }
        if (score != null) {
            addHalfProducts(score, z.values, score, precision, x.stride);
            for (int i = 0; i < x.stride; i++) {
                score[precision + i] += 0.5 * groups;
            }
            multiplyEffects(root, score, x.stride);
        }
        scratch.release(mark);
    }

    /** out[offset + i] += sum_g a_g b_g / 2. */
    private void addHalfProducts(double[] a, double[] b, double[] out, int offset, int stride) {
        for (int g = first; g < first + groups; g++) {
            for (int i = 0; i < stride; i++) {
                out[offset + i] += 0.5 * a[g * stride + i] * b[g * stride + i];
            }
        }
    }

    /*
     * Along (db, dl) the standardised point moves by dz = t db + (z/2) dl. With q = H_z (dz, dl):
     *   out_b = t q_z + (t/2) s_z dl       out_l = q_l + sum (q_z z + s_z dz) / 2
     */
    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        int stride = x.stride;
        int precision = last() * stride;
        double[] root = scratch.take(stride);
        double[] logDensity = scratch.take(stride);
        double[] score = scratch.take(x.length());
        double[] moved = scratch.take(x.length());
        Particles z = standardise(x, root, scratch);
        standardised.evaluate(z, logDensity, score, scratch);
        System.arraycopy(v, 0, moved, 0, x.length());
        multiplyEffects(root, moved, stride);
        for (int k = first * stride; k < (first + groups) * stride; k++) {
            moved[k] += 0.5 * z.values[k] * v[precision + k % stride];
        }
        standardised.hessianVector(z, moved, out, scratch);
        addHalfProducts(out, z.values, out, precision, stride);
        addHalfProducts(score, moved, out, precision, stride);
        for (int k = first * stride; k < (first + groups) * stride; k++) {
            out[k] += 0.5 * score[k] * v[precision + k % stride];
        }
        multiplyEffects(root, out, stride);
        scratch.release(mark);
    }
}
