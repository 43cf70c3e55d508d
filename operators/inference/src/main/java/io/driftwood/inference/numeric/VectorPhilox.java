package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.LONGS;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.ScalarExponential.ONE_BITS;
import static io.driftwood.inference.numeric.ScalarPhilox.*;
import static jdk.incubator.vector.LongVector.broadcast;
import static jdk.incubator.vector.LongVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;

/**
 * {@link ScalarPhilox} for 8 counters at once, one in each 64-bit lane, where the hardware has 8 of them. Narrower hardware
 * multiplies long vectors slowly or not at all: there the counters stay scalar and only Box-Muller is vectorised.
 */
final class VectorPhilox {

    /**
     * The lanes' numbers. Loaded, because {@code addIndex} is a call in JDK 17: its result is of no exact class, and operations on
     * it become virtual calls, with every vector on the heap, as soon as their type profile is poor.
     */
    private static final long[] INDEX = {0, 1, 2, 3, 4, 5, 6, 7};

    private VectorPhilox() {}

    static void uniforms(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int n) {
        int blocks = WIDTH == 8 ? n >>> 4 : 0;
        blocks(k0, k1, c1, c2, c3, out, offset, blocks);
        ScalarPhilox.uniforms(k0, k1, 8 * blocks, c1, c2, c3, out, offset + 16 * blocks, n - 16 * blocks);
    }

    static void normals(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int n) {
        int blocks = n >>> 4;
        uniforms(k0, k1, c1, c2, c3, out, offset, 16 * blocks);
        VectorBoxMuller.transform(out, offset, blocks);
        ScalarPhilox.normals(k0, k1, 8 * blocks, c1, c2, c3, out, offset + 16 * blocks, n - 16 * blocks);
    }

    /** The upper half of a lane may hold anything where it is cut off before the next multiplication. */
    private static void blocks(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int blocks) {
        for (int block = 0; block < blocks; block++) {
            LongVector x0 = fromArray(LONGS, INDEX, 0).add(8L * block);
            LongVector x1 = broadcast(LONGS, c1);
            LongVector x2 = broadcast(LONGS, c2 & WORD);
            LongVector x3 = broadcast(LONGS, c3);
            LongVector roundKey0 = broadcast(LONGS, k0);
            LongVector roundKey1 = broadcast(LONGS, k1);
            for (int round = 0; round < ROUNDS; round++) {
                LongVector product0 = x0.mul(MULTIPLIER_0);
                LongVector product1 = x2.mul(MULTIPLIER_1);
                x0 = product1.lanewise(LSHR, 32).lanewise(XOR, x1.lanewise(XOR, roundKey0)).and(WORD);
                x1 = product1;
                x2 = product0.lanewise(LSHR, 32).lanewise(XOR, x3.lanewise(XOR, roundKey1)).and(WORD);
                x3 = product0;
                roundKey0 = roundKey0.add(WEYL_0);
                roundKey1 = roundKey1.add(WEYL_1);
            }
            int at = offset + 16 * block;
            x0.or(x1.lanewise(LSHL, 32)).lanewise(LSHR, 12).or(ONE_BITS).reinterpretAsDoubles().sub(BELOW_ONE).intoArray(out, at);
            x2.or(x3.lanewise(LSHL, 32)).lanewise(LSHR, 12).or(ONE_BITS).reinterpretAsDoubles().sub(BELOW_ONE).intoArray(out, at + 8);
        }
    }
}
