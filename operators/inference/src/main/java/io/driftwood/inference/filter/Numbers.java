package io.driftwood.inference.filter;

import io.driftwood.inference.summary.Quantity;
import java.util.Arrays;

/** Numbers of a summary that have neither error nor quantiles. */
final class Numbers {

    private Numbers() {}

    /** @param levels how many quantiles a summary has, none of which this has */
    static Quantity of(String name, double value, int levels) { return of(name, value, Double.NaN, levels); }

    static Quantity of(String name, double value, double error, int levels) {
        double[] none = new double[levels];
        Arrays.fill(none, Double.NaN);
        return new Quantity(name, value, error, none);
    }
}
