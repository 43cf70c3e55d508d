package io.driftwood.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Estimates of known numbers under several seeds. Each number is a t test of the estimates' mean against the truth: the Monte
 * Carlo error is measured, not assumed. Fails when a p-value is below the level that the suite's budget leaves to one of
 * {@link #TESTS} tests.
 */
final class Estimates {

    /** More tests than the truth suite has: 5e-9 for each. */
    static final int TESTS = 2000;

    private record Number(double truth, List<Double> estimates) {}

    private final Map<String, Number> numbers = new LinkedHashMap<>();

    /** One more estimate of a number. */
    void add(String name, double truth, double estimate) {
        numbers.computeIfAbsent(name, n -> new Number(truth, new ArrayList<>())).estimates().add(estimate);
    }

    void assertUnbiased() {
        List<String> wrong = new ArrayList<>();
        numbers.forEach((name, number) -> {
            double[] estimates = number.estimates().stream().mapToDouble(Double::doubleValue).toArray();
            double p = Significance.ofMean(estimates, number.truth());
            if (!(p >= Significance.level(TESTS))) {
                wrong.add("%s: mean %.6g of %d seeds, truth %.6g, p = %.1e".formatted(
                        name, Significance.mean(estimates), estimates.length, number.truth(), p));
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(numbers).isNotEmpty();
    }
}
