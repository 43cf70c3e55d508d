package io.driftwood.inference.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.numeric.Scratch;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalLearnerTest {

    private static final double[][] ROWS = {{1, 10}, {2, 14}, {4, 12}, {5, 20}};

    private final Learner learner = Learners.CATALOGUE.build(Settings.of("type", "normal", "name", "prior", "fields", List.of("a", "b")));

    /** By the two-pass formula: means 3 and 14, sums of squares 10, 18, 56. */
    @Test
    void fourRows_giveTheirMeanAndCovariance() {
        double[] state = learner.start();
        for (double[] row : ROWS) {
            state = learner.learn(state, row, new Scratch());
        }
        Learned learned = learner.snapshot(state, 9, 77).orElseThrow();
        assertThat(learned.array("mean")).containsExactly(new double[] {3, 14}, within(1e-13));
        assertThat(learned.array("covariance")).containsExactly(new double[] {10 / 3.0, 6, 6, 56 / 3.0}, within(1e-13));
        assertThat(learned.count("rows")).isEqualTo(4);
        assertThat(learned.version()).isEqualTo(9);
        assertThat(learned.eventTime()).isEqualTo(77);
        assertThat(learned.type()).isEqualTo("gaussian");
    }

    @Test
    void aCovarianceThatWouldBeSingular_isNotTold() {
        double[] state = learner.start();
        for (int n = 0; n < 2; n++) {
            state = learner.learn(state, ROWS[n], new Scratch());
            assertThat(learner.snapshot(state, 1, 1)).isEmpty();
        }
        assertThat(learner.snapshot(learner.learn(state, ROWS[2], new Scratch()), 1, 1)).isPresent();
    }

    @Test
    void aSnapshot_isNotTouchedByWhatIsLearnedLater() {
        double[] state = learner.start();
        for (int n = 0; n < 3; n++) {
            state = learner.learn(state, ROWS[n], new Scratch());
        }
        Learned before = learner.snapshot(state, 1, 1).orElseThrow();
        double[] mean = before.array("mean").clone();
        learner.learn(state, ROWS[3], new Scratch());
        assertThat(before.array("mean")).isEqualTo(mean);
    }
}
