package io.driftwood.truth;

import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.Arrays;
import java.util.stream.Stream;

/** Reads a quantity off a summary. */
final class Summaries {

    private Summaries() {}

    /** A parameter or derived quantity by name. */
    static Quantity quantity(PosteriorSummary summary, String name) {
        return Stream.concat(Arrays.stream(summary.parameters()), Arrays.stream(summary.derived()))
                .filter(q -> q.name().equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError("no quantity " + name));
    }

    static double mean(PosteriorSummary summary, String name) { return quantity(summary, name).mean(); }

    static double sd(PosteriorSummary summary, String name) { return quantity(summary, name).sd(); }
}
