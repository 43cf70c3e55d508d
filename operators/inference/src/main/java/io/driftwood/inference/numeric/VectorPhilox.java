package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.Lanes.all;
import static io.driftwood.inference.numeric.Lanes.load;
import static io.driftwood.inference.numeric.ScalarExponential.ONE_BITS;
import static io.driftwood.inference.numeric.ScalarPhilox.*;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * {@link ScalarPhilox} for 8 counters at once, one in each 64-bit lane, where the hardware has 8 of them. Narrower hardware
 * multiplies long vectors slowly or not at all: there the counters stay scalar and only Box-Muller is vectorised.
 */
final class VectorPhilox {

    private VectorPhilox() {}

    static void uniforms(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int n) {
        int blocks = WIDTH == 8 ? n >>> 4 : 0;
        for (int block = 0; block < blocks; block++) {
            block(k0, k1, 8 * block, c1, c2, c3, out, offset + 16 * block, false);
        }
        ScalarPhilox.uniforms(k0, k1, 8 * blocks, c1, c2, c3, out, offset + 16 * blocks, n - 16 * blocks);
    }

    static void normals(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int n) {
        int blocks = n >>> 4;
        if (WIDTH == 8) {
            for (int block = 0; block < blocks; block++) {
                block(k0, k1, 8 * block, c1, c2, c3, out, offset + 16 * block, true);
            }
        } else {
            ScalarPhilox.uniforms(k0, k1, 0, c1, c2, c3, out, offset, 16 * blocks);
            for (int at = offset; at < offset + 16 * blocks; at += 16) {
                for (int lane = at; lane < at + 8; lane += WIDTH) {
                    VectorBoxMuller.pair(load(out, lane), load(out, lane + 8), out, lane, lane + 8);
                }
            }
        }
        ScalarPhilox.normals(k0, k1, 8 * blocks, c1, c2, c3, out, offset + 16 * blocks, n - 16 * blocks);
    }

    /** The upper half of a lane may hold anything where it is cut off before the next multiplication. */
    private static void block(int k0, int k1, int firstCounter, int c1, int c2, int c3, double[] out, int at, boolean normal) {
        LongVector x0 = all((long) firstCounter).addIndex(1);
        LongVector x1 = all((long) c1);
        LongVector x2 = all(c2 & WORD);
        LongVector x3 = all((long) c3);
        LongVector roundKey0 = all((long) k0);
        LongVector roundKey1 = all((long) k1);
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
        DoubleVector u1 = uniform(x0, x1);
        DoubleVector u2 = uniform(x2, x3);
        if (normal) {
            VectorBoxMuller.pair(u1, u2, out, at, at + 8);
        } else {
            u1.intoArray(out, at);
            u2.intoArray(out, at + 8);
        }
    }

    private static DoubleVector uniform(LongVector low, LongVector high) {
        return low.or(high.lanewise(LSHL, 32)).lanewise(LSHR, 12).or(ONE_BITS).reinterpretAsDoubles().sub(BELOW_ONE);
    }
}
