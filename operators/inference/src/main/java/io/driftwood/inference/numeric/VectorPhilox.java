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
        int inThrees = blocks - blocks % 3;
        threeBlocks(k0, k1, c1, c2, c3, out, offset, inThrees);
        blocks(k0, k1, c1, c2, c3, out, offset, inThrees, blocks);
        ScalarPhilox.uniforms(k0, k1, 8 * blocks, c1, c2, c3, out, offset + 16 * blocks, n - 16 * blocks);
    }

    static void normals(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int n) {
        int blocks = n >>> 4;
        uniforms(k0, k1, c1, c2, c3, out, offset, 16 * blocks);
        VectorBoxMuller.transform(out, offset, blocks);
        ScalarPhilox.normals(k0, k1, 8 * blocks, c1, c2, c3, out, offset + 16 * blocks, n - 16 * blocks);
    }

    /**
     * Three blocks at once: a round waits for its products three times as long as it computes. Four are no faster. The upper half of a lane may hold
     * anything where it is cut off before the next multiplication.
     */
    private static void threeBlocks(int k0, int k1, int w1, int w2, int w3, double[] out, int offset, int blocks) {
        for (int block = 0; block < blocks; block += 3) {
            LongVector a0 = fromArray(LONGS, INDEX, 0).add(8L * block);
            LongVector b0 = fromArray(LONGS, INDEX, 0).add(8L * (block + 1));
            LongVector c0 = fromArray(LONGS, INDEX, 0).add(8L * (block + 2));
            LongVector a1 = broadcast(LONGS, w1);
            LongVector b1 = a1;
            LongVector c1 = a1;
            LongVector a2 = broadcast(LONGS, w2 & WORD);
            LongVector b2 = a2;
            LongVector c2 = a2;
            LongVector a3 = broadcast(LONGS, w3);
            LongVector b3 = a3;
            LongVector c3 = a3;
            LongVector roundKey0 = broadcast(LONGS, k0);
            LongVector roundKey1 = broadcast(LONGS, k1);
            for (int round = 0; round < ROUNDS; round++) {
                LongVector aProduct0 = a0.mul(MULTIPLIER_0);
                LongVector aProduct1 = a2.mul(MULTIPLIER_1);
                LongVector bProduct0 = b0.mul(MULTIPLIER_0);
                LongVector bProduct1 = b2.mul(MULTIPLIER_1);
                LongVector cProduct0 = c0.mul(MULTIPLIER_0);
                LongVector cProduct1 = c2.mul(MULTIPLIER_1);
                a0 = aProduct1.lanewise(LSHR, 32).lanewise(XOR, a1.lanewise(XOR, roundKey0)).and(WORD);
                a1 = aProduct1;
                a2 = aProduct0.lanewise(LSHR, 32).lanewise(XOR, a3.lanewise(XOR, roundKey1)).and(WORD);
                a3 = aProduct0;
                b0 = bProduct1.lanewise(LSHR, 32).lanewise(XOR, b1.lanewise(XOR, roundKey0)).and(WORD);
                b1 = bProduct1;
                b2 = bProduct0.lanewise(LSHR, 32).lanewise(XOR, b3.lanewise(XOR, roundKey1)).and(WORD);
                b3 = bProduct0;
                c0 = cProduct1.lanewise(LSHR, 32).lanewise(XOR, c1.lanewise(XOR, roundKey0)).and(WORD);
                c1 = cProduct1;
                c2 = cProduct0.lanewise(LSHR, 32).lanewise(XOR, c3.lanewise(XOR, roundKey1)).and(WORD);
                c3 = cProduct0;
                roundKey0 = roundKey0.add(WEYL_0);
                roundKey1 = roundKey1.add(WEYL_1);
            }
            int at = offset + 16 * block;
            a0.or(a1.lanewise(LSHL, 32)).lanewise(LSHR, 12).or(ONE_BITS).reinterpretAsDoubles().sub(BELOW_ONE).intoArray(out, at);
            a2.or(a3.lanewise(LSHL, 32)).lanewise(LSHR, 12).or(ONE_BITS).reinterpretAsDoubles().sub(BELOW_ONE).intoArray(out, at + 8);
            b0.or(b1.lanewise(LSHL, 32)).lanewise(LSHR, 12).or(ONE_BITS).reinterpretAsDoubles().sub(BELOW_ONE).intoArray(out, at + 16);
            b2.or(b3.lanewise(LSHL, 32)).lanewise(LSHR, 12).or(ONE_BITS).reinterpretAsDoubles().sub(BELOW_ONE).intoArray(out, at + 24);
            c0.or(c1.lanewise(LSHL, 32)).lanewise(LSHR, 12).or(ONE_BITS).reinterpretAsDoubles().sub(BELOW_ONE).intoArray(out, at + 32);
            c2.or(c3.lanewise(LSHL, 32)).lanewise(LSHR, 12).or(ONE_BITS).reinterpretAsDoubles().sub(BELOW_ONE).intoArray(out, at + 40);
        }
    }

    private static void blocks(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int from, int to) {
        for (int block = from; block < to; block++) {
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
