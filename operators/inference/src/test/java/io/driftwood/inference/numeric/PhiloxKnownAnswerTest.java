package io.driftwood.inference.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.rng.core.source32.Philox4x32;
import org.junit.jupiter.api.Test;

class PhiloxKnownAnswerTest {

    /** Random123 1.14.0, tests/kat_vectors, philox4x32 10: counter, key, output. */
    @Test
    void uniforms_matchTheRandom123Vectors() {
        assertVector(new int[] {0, 0, 0, 0}, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertVector(new int[] {-1, -1, -1, -1}, -1, -1, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        assertVector(new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0,
                0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    private static void assertVector(int[] counter, int k0, int k1, int... words) {
        double[] out = new double[16];
        ScalarPhilox.uniforms(k0, k1, counter[0], counter[1], counter[2], counter[3], out, 0, 16);
        assertThat(out[0]).isEqualTo(uniform(words[0], words[1]));
        assertThat(out[8]).isEqualTo(uniform(words[2], words[3]));
    }

    @Test
    void uniforms_areThoseOfCommonsRng() {
        double[] out = new double[1600];
        new PlainLaneMath().uniforms(7, -3, 11, 13, -17, out, 0, out.length);
        // It increments before it generates: one below (0, 11) in the two low words of the counter.
        Philox4x32 generator = new Philox4x32(new int[] {7, -3, -1, 10, 13, -17});
        for (int counter = 0; counter < 800; counter++) {
            int first = counter / 8 * 16 + counter % 8;
            assertThat(out[first]).isEqualTo(uniform(generator.nextInt(), generator.nextInt()));
            assertThat(out[first + 8]).isEqualTo(uniform(generator.nextInt(), generator.nextInt()));
        }
    }

    private static double uniform(int low, int high) {
        return (((low & 0xFFFFFFFFL) | (long) high << 32) >>> 12) * 0x1p-52 + 0x1p-53;
    }
}
