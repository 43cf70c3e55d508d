package io.driftwood.truth;

import java.util.Arrays;
import org.hipparchus.special.Beta;

/**
 * P-values of the statistical tests, and the level below which one fails: the suites share one budget of false alarms, so that
 * a change of the random numbers (not of the law) fails a whole suite with probability below {@link #BUDGET}.
 */
public final class Significance {

    /** False-alarm probability of a whole suite. */
    public static final double BUDGET = 1e-5;

    private Significance() {}

    /** The level of each of so many tests (Bonferroni). */
    public static double level(int tests) { return BUDGET / tests; }

    /** Student's t test, two-sided, that independent estimates have this expectation. Exact for normal estimates. */
    public static double ofMean(double[] estimates, double expected) {
        int n = estimates.length;
        double mean = mean(estimates);
        double squares = 0;
        for (double x : estimates) {
            squares += (x - mean) * (x - mean);
        }
        double standardError = Math.sqrt(squares / (n - 1) / n);
        return tail((mean - expected) / standardError, n - 1);
    }

    /** P(|T| > |t|) for Student's T. NaN where t is NaN: a comparison with a level then fails, as it should. */
    private static double tail(double t, int degreesOfFreedom) {
        return Beta.regularizedBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2.0, 0.5);
    }

    /**
     * Kolmogorov-Smirnov test that independent numbers are uniform on (0, 1): the bound 2 exp(-2 n D^2) of Massart (1990), which
     * holds for every n, and for numbers that sit on a grid errs on the side of passing.
     */
    public static double ofUniform(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double distance = 0;
        for (int i = 0; i < n; i++) {
            // Not max(): a NaN must show.
            double here = Math.max(sorted[i] - (double) i / n, (i + 1.0) / n - sorted[i]);
            distance = here > distance || here != here ? here : distance;
        }
        return Math.min(1, 2 * Math.exp(-2 * n * distance * distance));
    }

    public static double mean(double[] x) { return Arrays.stream(x).sum() / x.length; }

    public static double rootMeanSquare(double[] x) { return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum() / x.length); }
}
