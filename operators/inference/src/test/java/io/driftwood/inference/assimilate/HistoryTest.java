package io.driftwood.inference.assimilate;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.model.Rows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the policies do to the weights of the rows, by hand. */
class HistoryTest {

    @Test
    void full_keepsEveryRowAtWeightOne() {
        assertThat(weightsAfter(new FullHistory(), 5)).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void slidingWindow_keepsTheLastRows() {
        SlidingWindow window = new SlidingWindow(3);
        Rows rows = run(window, 7);
        assertThat(Arrays.copyOf(rows.weights, rows.count)).containsExactly(1, 1, 1);
        assertThat(Arrays.copyOf(rows.values, 3)).containsExactly(5, 6, 7);
    }

    @Test
    void slidingWindow_takesTheOldestOutAlongTheSamePathAsTheNewestComesIn() {
        SlidingWindow window = new SlidingWindow(2);
        Rows rows = run(window, 2);
        rows.append(new double[] {3}, 0);
        double[] change = new double[3];
        window.plan(rows, change);
        assertThat(change).containsExactly(-1, 0, 1);
    }

    @Test
    void discount_fadesByAgeAndForgetsBelowTheThreshold() {
        assertThat(weightsAfter(new Discount(0.5, 0.1), 4)).containsExactly(0.125, 0.25, 0.5, 1);
        Rows rows = run(new Discount(0.5, 0.1), 6);
        assertThat(rows.count).isEqualTo(4);
        assertThat(Arrays.copyOf(rows.values, 4)).containsExactly(3, 4, 5, 6);
    }

    @Test
    void bounds_areReached() {
        assertThat(run(new Discount(0.5, 0.1), 50).count).isLessThanOrEqualTo(new Discount(0.5, 0.1).bound());
        assertThat(run(new SlidingWindow(9), 50).count).isEqualTo(new SlidingWindow(9).bound());
    }

    private static double[] weightsAfter(History history, int rows) {
        Rows kept = run(history, rows);
        return Arrays.copyOf(kept.weights, kept.count);
    }

    private static Rows run(History history, int count) {
        Rows rows = new Rows(1);
        for (int t = 1; t <= count; t++) {
            rows.append(new double[] {t}, 0);
            double[] change = new double[rows.count];
            history.plan(rows, change);
            for (int r = 0; r < rows.count; r++) {
                rows.weights[r] += change[r];
            }
            history.forget(rows);
        }
        return rows;
    }
}
