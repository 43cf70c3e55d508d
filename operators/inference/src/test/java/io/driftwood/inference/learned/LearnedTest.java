package io.driftwood.inference.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LearnedTest {

    private static Learned learned(long version, long eventTime, double... weights) {
        return Learned.of("speeds", "mixture", version, eventTime, Map.of(), Map.of("weights", weights));
    }

    @Test
    void supersedes_goesByEventTimeAndThenByVersion() {
        assertThat(learned(1, 20).supersedes(learned(2, 10))).isTrue();
        assertThat(learned(2, 10).supersedes(learned(1, 10))).isTrue();
        assertThat(learned(1, 10).supersedes(learned(1, 10))).isFalse();
    }

    @Test
    void array_ofAnotherLengthOrNotFiniteSaysSo() {
        assertThat(learned(1, 0, 0.5, 0.5).array("weights", 2)).containsExactly(0.5, 0.5);
        assertThatThrownBy(() -> learned(3, 0, 1).array("weights", 2))
                .isInstanceOf(Learned.UnfitException.class)
                .hasMessage("'speeds' version 3 has 1 numbers in array 'weights' where 2 are needed");
        assertThatThrownBy(() -> learned(3, 0, Double.NaN).array("weights")).hasMessageContaining("holds NaN in array 'weights'");
        assertThatThrownBy(() -> learned(3, 0, 1).array("means")).hasMessageContaining("has no array 'means'");
    }

    @Test
    void require_namesBothTypes() {
        assertThatThrownBy(() -> learned(3, 0, 1).require("tuned-path")).hasMessageContaining("is of type 'mixture', and 'tuned-path' is needed");
    }

    @Test
    void count_takesWholeNumbersOnly() {
        assertThat(learned(1, 0, 3).count("weights")).isEqualTo(3);
        assertThatThrownBy(() -> learned(1, 0, 2.5).count("weights")).hasMessageContaining("no positive whole number");
    }
}
