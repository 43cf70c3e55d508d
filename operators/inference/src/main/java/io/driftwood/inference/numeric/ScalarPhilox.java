package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.ScalarExponential.ONE_BITS;

/**
 * Philox4x32-10 one counter at a time: the reference of the vector code, and its tail.
 *
 * <p>Reference: [1] Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC'11.
 * <br>Differs from [1] in nothing; the layout of the outputs is that of {@link LaneMath#uniforms}.
 */
final class ScalarPhilox {

    /** Multipliers and key increments of [1], table 2 and section 4. */
    static final long MULTIPLIER_0 = 0xD2511F53L;
    static final long MULTIPLIER_1 = 0xCD9E8D57L;
    static final int WEYL_0 = 0x9E3779B9;
    static final int WEYL_1 = 0xBB67AE85;
    static final int ROUNDS = 10;

    /** 52 random bits under the exponent of 1.0 make a number on [1, 2); minus this, exactly, an odd multiple of 2^-53: never 0, never 1. */
    static final double BELOW_ONE = 0x1.fffffffffffffp-1;

    static final long WORD = 0xFFFFFFFFL;

    private ScalarPhilox() {}

    /** Counters first..: the outputs of counter l of each block of 8 go to l and 8 + l; exactly {@code n} numbers are written. */
    static void uniforms(int k0, int k1, int firstCounter, int c1, int c2, int c3, double[] out, int offset, int n) {
        int counter = firstCounter;
        for (int block = 0; block < n; block += 16) {
            int left = Math.min(16, n - block);
            for (int lane = 0; lane < Math.min(8, left); lane++, counter++) {
                int at = offset + block + lane;
                pair(k0, k1, counter, c1, c2, c3, out, at, lane + 8 < left ? at + 8 : -1, false);
            }
        }
    }

    /** The same addressing, Box-Muller applied to each pair. */
    static void normals(int k0, int k1, int firstCounter, int c1, int c2, int c3, double[] out, int offset, int n) {
        int counter = firstCounter;
        for (int block = 0; block < n; block += 16) {
            int left = Math.min(16, n - block);
            for (int lane = 0; lane < Math.min(8, left); lane++, counter++) {
                int at = offset + block + lane;
                pair(k0, k1, counter, c1, c2, c3, out, at, lane + 8 < left ? at + 8 : -1, true);
            }
        }
    }

    /** The first uniform of counter 0. */
    static double first(int k0, int k1, int c1, int c2, int c3) {
        int x0 = 0;
        int x1 = c1;
        int x2 = c2;
        int x3 = c3;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (x0 & WORD);
            long product1 = MULTIPLIER_1 * (x2 & WORD);
            x0 = (int) (product1 >>> 32) ^ x1 ^ k0 + round * WEYL_0;
            x1 = (int) product1;
            x2 = (int) (product0 >>> 32) ^ x3 ^ k1 + round * WEYL_1;
            x3 = (int) product0;
        }
        return uniform(x0, x1);
    }

    /** {@code second} is negative where the other number is not wanted. */
    private static void pair(int k0, int k1, int c0, int c1, int c2, int c3, double[] out, int first, int second, boolean normal) {
        int x0 = c0;
        int x1 = c1;
        int x2 = c2;
        int x3 = c3;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (x0 & WORD);
            long product1 = MULTIPLIER_1 * (x2 & WORD);
            x0 = (int) (product1 >>> 32) ^ x1 ^ k0 + round * WEYL_0;
            x1 = (int) product1;
            x2 = (int) (product0 >>> 32) ^ x3 ^ k1 + round * WEYL_1;
            x3 = (int) product0;
        }
        double u1 = uniform(x0, x1);
        double u2 = uniform(x2, x3);
        if (normal) {
            ScalarBoxMuller.pair(u1, u2, out, first, second);
            return;
        }
        out[first] = u1;
        if (second >= 0) {
            out[second] = u2;
        }
    }

    /** ((low | high << 32) >>> 12) * 2^-52 + 2^-53. */
    static double uniform(int low, int high) {
        long bits = (low & WORD | (long) high << 32) >>> 12;
        return Double.longBitsToDouble(bits | ONE_BITS) - BELOW_ONE;
    }
}
