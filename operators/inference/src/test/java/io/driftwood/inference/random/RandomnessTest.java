package io.driftwood.inference.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.junit.jupiter.api.Test;

class RandomnessTest {

    // Computed by an independent implementation in 40-digit arithmetic. Saved states depend on them: never change.
    private static final long KEY_BITS = -8897766810920014453L;
    private static final double UNIFORM = 0.08335780089635147;
    private static final double NORMAL_FIRST = 1.4697198549017612;
    private static final double NORMAL_NINTH = 1.817196194045036;

    private final Randomness random = Randomness.of(20_240_117L, "STS-51L");

    @Test
    void sameAddress_givesTheSameNumbersWhateverWasDrawnBefore() {
        double[] first = new double[100];
        double[] again = new double[100];
        random.normals(7, Purpose.NOISE, 3, first, 0, 100);
        random.uniforms(8, Purpose.ACCEPT, 0, again, 0, 100);
        Randomness.ofKeyBits(random.keyBits()).normals(7, Purpose.NOISE, 3, again, 0, 100);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void everyPartOfTheAddress_changesTheNumbers() {
        Set<Double> seen = new HashSet<>();
        for (long seed : new long[] {0, 1, -1, 1L << 32}) {
            for (String key : new String[] {"", "a", "b", "ab", "ba", "é"}) {
                for (long step : new long[] {0, 1, 2, 1L << 31, 1L << 32, 1L << 40, (1L << 55) + 1}) {
                    for (Purpose purpose : Purpose.values()) {
                        for (int iteration : new int[] {0, 1, 2, -1}) {
                            seen.add(Randomness.of(seed, key).uniform(step, purpose, iteration));
                        }
                    }
                }
            }
        }
        // 29,568 draws of 52 bits: two alike has probability 1e-7
        assertThat(seen).hasSize(4 * 6 * 7 * Purpose.values().length * 4);
    }

    @Test
    void keyBitsAndTheFirstNumbers_areWhatTheyWereWhenStatesWereFirstSaved() {
        assertThat(Randomness.of(1, "a").keyBits()).isEqualTo(KEY_BITS);
        assertThat(Randomness.of(1, "a").uniform(5, Purpose.RESAMPLE, 2)).isEqualTo(UNIFORM);
        double[] normals = new double[9];
        Randomness.of(1, "a").normals(5, Purpose.NOISE, 2, normals, 0, 9);
        assertThat(normals[0]).isEqualTo(NORMAL_FIRST);
        assertThat(normals[8]).isEqualTo(NORMAL_NINTH);
    }

    @Test
    void uniform_isTheFirstOfTheBulk() {
        double[] bulk = new double[33];
        for (int step = 0; step < 50; step++) {
            random.uniforms(step, Purpose.ACCEPT, step % 3, bulk, 0, 33);
            assertThat(random.uniform(step, Purpose.ACCEPT, step % 3)).isEqualTo(bulk[0]);
        }
    }

    @Test
    void provider_walksThroughTheCountersOfItsAddress() {
        double[] bulk = new double[64];
        for (long step : new long[] {0, 1, 1L << 32, (1L << 32) + 5}) {
            for (int iteration : new int[] {0, 1, -1}) {
                random.uniforms(step, Purpose.USER, iteration, bulk, 0, 64);
                UniformRandomProvider provider = random.provider(step, Purpose.USER, iteration);
                for (int counter = 0; counter < 32; counter++) {
                    int at = counter / 8 * 16 + counter % 8;
                    assertThat(uniform(provider.nextInt(), provider.nextInt())).isEqualTo(bulk[at]);
                    assertThat(uniform(provider.nextInt(), provider.nextInt())).isEqualTo(bulk[at + 8]);
                }
            }
        }
    }

    private static double uniform(int low, int high) {
        return (((low & 0xFFFFFFFFL) | (long) high << 32) >>> 12) * 0x1p-52 + 0x1p-53;
    }

    /** Mean of 200,000 gamma(2.5, 1.5) draws: 5 standard errors, false alarm 6e-7. */
    @Test
    void provider_servesTheSamplersOfCommonsRng() {
        SharedStateContinuousSampler gamma = AhrensDieterMarsagliaTsangGammaSampler.of(random.provider(3, Purpose.PRIOR, 0), 2.5, 1.5);
        double mean = gamma.samples(200_000).average().orElseThrow();
        assertThat(mean).isCloseTo(3.75, within(5 * 1.5 * Math.sqrt(2.5 / 200_000)));
    }

    /** Branches and branches of branches share no number with one another at the same address. */
    @Test
    void branches_areStreamsOfTheirOwn() {
        Randomness key = Randomness.of(1, "k");
        java.util.Set<Double> seen = new java.util.HashSet<>();
        for (Randomness stream : new Randomness[] {key, key.branch(0), key.branch(1), key.branch(-1), key.branch(0).branch(0), key.branch(0).branch(1), key.branch(1).branch(0)}) {
            double[] u = new double[100];
            stream.uniforms(1, Purpose.NOISE, 0, u, 0, 100);
            for (double x : u) {
                assertThat(seen.add(x)).isTrue();
            }
        }
        assertThat(key.branch(5).keyBits()).isEqualTo(Randomness.of(1, "k").branch(5).keyBits());
    }
}
