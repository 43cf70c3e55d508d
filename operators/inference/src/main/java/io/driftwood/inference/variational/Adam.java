package io.driftwood.inference.variational;

import java.util.Arrays;

/**
 * Uphill steps scaled by running moments of the gradient g:
 * <pre>
 *   m = 0.9 m + 0.1 g,   v = 0.999 v + 0.001 g^2,   x += rate m / (1 - 0.9^t) / (sqrt(v / (1 - 0.999^t)) + 1e-8)
 * </pre>
 * Reference: [1] Kingma and Ba (2015), Adam: a method for stochastic optimization. Differs from [1]: gradients longer than a bound are shortened to it before.
 */
final class Adam {

    private static final double FIRST_KEPT = 0.9;
    private static final double SECOND_KEPT = 0.999;
    private static final double FLOOR = 1e-8;

    private final double longest;
    private final double[] first;
    private final double[] second;
    private double firstPower = 1;
    private double secondPower = 1;

    /** @param longest norm that no gradient exceeds */
    Adam(int parameters, double longest) {
        this.longest = longest;
        this.first = new double[parameters];
        this.second = new double[parameters];
    }

    /** Moves x; gradient is left as it is. */
    void climb(double[] x, double[] gradient, double rate) {
        double shortened = Math.min(1, longest / norm(gradient));
        firstPower *= FIRST_KEPT;
        secondPower *= SECOND_KEPT;
        for (int k = 0; k < x.length; k++) {
            double g = shortened * gradient[k];
            first[k] = FIRST_KEPT * first[k] + (1 - FIRST_KEPT) * g;
            second[k] = SECOND_KEPT * second[k] + (1 - SECOND_KEPT) * g * g;
            x[k] += rate * first[k] / (1 - firstPower) / (Math.sqrt(second[k] / (1 - secondPower)) + FLOOR);
        }
    }

    /** Forgets all gradients so far. */
    void forget() {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        firstPower = 1;
        secondPower = 1;
    }

    private static double norm(double[] g) {
        double squares = 0;
        for (double e : g) {
            squares += e * e;
        }
        return Math.sqrt(squares);
    }
}
