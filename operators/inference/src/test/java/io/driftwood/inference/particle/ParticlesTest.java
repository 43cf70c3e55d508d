package io.driftwood.inference.particle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ParticlesTest {

    @Test
    void columnsAreAMultipleOfEightApart() {
        assertThat(new Particles(1, 2).stride).isEqualTo(8);
        assertThat(new Particles(8, 2).stride).isEqualTo(8);
        Particles nine = new Particles(9, 2);
        assertThat(nine.stride).isEqualTo(16);
        nine.set(1, 8, 5);
        assertThat(nine.values[16 + 8]).isEqualTo(5);
        assertThat(nine.get(1, 8)).isEqualTo(5);
    }

    @Test
    void gatherMovesWholeParticlesAndFillsThePadding() {
        Particles theta = new Particles(10, 3);
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < 10; i++) {
                theta.set(j, i, 100 * j + i);
            }
        }
        int[] ancestors = {0, 0, 2, 2, 2, 5, 6, 9, 9, 9};
        theta.gather(ancestors, new double[16]);
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < 10; i++) {
                assertThat(theta.get(j, i)).isEqualTo(100 * j + ancestors[i]);
            }
            for (int i = 10; i < 16; i++) {
                assertThat(theta.values[16 * j + i]).isEqualTo(theta.get(j, 9));
            }
        }
    }

    @Test
    void aBufferMayBeLongerThanThePopulationButNotShorter() {
        Particles view = new Particles(5, 2, new double[40]);
        view.copyFrom(new Particles(5, 2));
        assertThat(view.length()).isEqualTo(16);
        assertThatThrownBy(() -> new Particles(5, 2, new double[15])).isInstanceOf(IllegalArgumentException.class);
    }
}
