package io.driftwood.inference.model.prior;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.apache.commons.rng.UniformRandomProvider;

/** One address of a {@link Randomness} as a provider for Commons RNG's samplers. Buffers its numbers, and doubles the buffer when it runs dry. */
public final class AddressedUniforms implements UniformRandomProvider {

    private final Randomness random;
    private final long step;
    private final Purpose purpose;
    private final int iteration;
    private double[] uniforms = new double[0];
    private int next;

    public AddressedUniforms(Randomness random, long step, Purpose purpose, int iteration, int expected) {
        this.random = random;
        this.step = step;
        this.purpose = purpose;
        this.iteration = iteration;
        fill(Math.max(64, expected));
    }

    private void fill(int n) {
        uniforms = new double[n];
        random.uniforms(step, purpose, iteration, uniforms, 0, n);
    }

    /** The upper 32 bits of two uniforms of 52 bits. */
    @Override
    public long nextLong() { return (bits() << 32) | bits(); }

    private long bits() {
        if (next == uniforms.length) {
            fill(2 * next);
        }
        return (long) (uniforms[next++] * 0x1p32);
    }
}
