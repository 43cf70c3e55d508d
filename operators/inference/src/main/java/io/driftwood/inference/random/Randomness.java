package io.driftwood.inference.random;

import io.driftwood.inference.numeric.LaneMath;

/**
 * The random numbers of one key of one job: a pure function of (seed, key, step, purpose, iteration, lane), computed by the
 * counter-based generator Philox4x32-10 (Salmon et al. 2011). Nothing is saved but the step counter, which lives in the
 * posterior's state; hence the same numbers at any parallelism and after any restart.
 *
 * <p>Address: the Philox key is a 64-bit hash of (seed, key); the counter words are (lane block, iteration, low 32 bits of
 * step, purpose &lt;&lt; 24 | bits 32..55 of step).
 */
public final class Randomness {

    private final long key;

    private Randomness(long key) { this.key = key; }

    /** The stream of a key; equal (seed, key) give equal streams. */
    public static Randomness of(long seed, String key) { return new Randomness(KeyHash.of(seed, key)); }

    public static Randomness ofKeyBits(long keyBits) { return new Randomness(keyBits); }

    /** What must be saved to get the same stream again. */
    public long keyBits() { return key; }

    /** n uniforms on (0,1) into out[offset..]. */
    public void uniforms(long step, Purpose purpose, int iteration, double[] out, int offset, int n) {
        LaneMath.get().uniforms((int) key, (int) (key >>> 32), iteration, (int) step, word3(step, purpose), out, offset, n);
    }

    /** n independent standard normals into out[offset..]. */
    public void normals(long step, Purpose purpose, int iteration, double[] out, int offset, int n) {
        LaneMath.get().normals((int) key, (int) (key >>> 32), iteration, (int) step, word3(step, purpose), out, offset, n);
    }

    /** One uniform, for decisions taken once per population. */
    public double uniform(long step, Purpose purpose, int iteration) {
        return PhiloxUniform.first((int) key, (int) (key >>> 32), iteration, (int) step, word3(step, purpose));
    }

    private static int word3(long step, Purpose purpose) {
        return (purpose.ordinal() << 24) | (int) ((step >>> 32) & 0xFFFFFF);
    }
}
