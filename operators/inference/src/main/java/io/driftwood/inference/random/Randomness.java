package io.driftwood.inference.random;

import io.driftwood.inference.numeric.LaneMath;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source32.Philox4x32;

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

    /** Another stream of the same key, independent of it and of its other branches: for the rounds within one move, which have no address of their own. */
    public Randomness branch(long label) { return new Randomness(KeyHash.branch(key, label)); }

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
        return LaneMath.uniform((int) key, (int) (key >>> 32), iteration, (int) step, word3(step, purpose));
    }

    /**
     * The numbers of one address as a generator, for samplers of Commons RNG (gamma, beta, discrete distributions). Each call begins anew. It
     * walks through the counters of {@link #uniforms}: an address is used for the one or for the other.
     */
    public UniformRandomProvider provider(long step, Purpose purpose, int iteration) {
        // Philox4x32 increments its counter before it generates: it starts one below (0, iteration, step, word3).
        int word1 = iteration - 1;
        int word2 = iteration == 0 ? (int) step - 1 : (int) step;
        int word3 = iteration == 0 && (int) step == 0 ? word3(step, purpose) - 1 : word3(step, purpose);
        return new Philox4x32(new int[] {(int) key, (int) (key >>> 32), -1, word1, word2, word3});
    }

    private static int word3(long step, Purpose purpose) {
        return (purpose.ordinal() << 24) | (int) ((step >>> 32) & 0xFFFFFF);
    }
}
