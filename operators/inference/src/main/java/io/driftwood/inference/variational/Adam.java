package io.driftwood.inference.variational;

import java.util.Arrays;

/**
 * Uphill steps scaled by running moments of the gradient g:
 * <pre>
 *   m = 0.9 m + 0.1 g,   v = 0.999 v + 0.001 g^2,   x += rate m / (1 - 0.9^t) / (sqrt(v / (1 - 0.999^t)) + 1e-8)
 * </pre>
 * Reference: [1] Kingma and Ba (2015), Adam: a method for stochastic optimization. Differs from [1]: gradients longer than a bound are shortened to it before.
 */
public final class Adam implements Optimiser {

    private static final double FIRST_KEPT = 0.9;
    private static final double SECOND_KEPT = 0.999;
    private static final double FLOOR = 1e-8;

    private final double longest;
    private final double[] first;
    private final double[] second;
    private double firstPower = 1;
    private double secondPower = 1;

    /** @param longest norm that no gradient exceeds */
    public Adam(int parameters, double longest) {
        this.longest = longest;
        this.first = new double[parameters];
        this.second = new double[parameters];
    }

    @Override
    public boolean climb(double[] x, double[] gradient, double rate) {
        double shortened = Optimiser.shortening(gradient, longest);
        if (Double.isNaN(shortened)) {
            return false;
        }
        firstPower *= FIRST_KEPT;
        secondPower *= SECOND_KEPT;
        double scale = rate / (1 - firstPower);
        double whole = 1 / (1 - secondPower);
        double[] m = first;
        double[] v = second;
        for (int k = 0; k < x.length; k++) {
            double g = shortened * gradient[k];
            m[k] = FIRST_KEPT * m[k] + (1 - FIRST_KEPT) * g;
            v[k] = SECOND_KEPT * v[k] + (1 - SECOND_KEPT) * g * g;
            x[k] += scale * m[k] / (Math.sqrt(v[k] * whole) + FLOOR);
        }
        return true;
    }

    @Override
    public void forget() {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        firstPower = 1;
        secondPower = 1;
    }

    /** The powers of both rates, then both moments. */
    @Override
    public double[] memory() {
        double[] memory = new double[2 + 2 * first.length];
        memory[0] = firstPower;
        memory[1] = secondPower;
        System.arraycopy(first, 0, memory, 2, first.length);
        System.arraycopy(second, 0, memory, 2 + first.length, second.length);
        return memory;
    }

    @Override
    public void recall(double[] memory) {
        firstPower = memory[0];
        secondPower = memory[1];
        System.arraycopy(memory, 2, first, 0, first.length);
        System.arraycopy(memory, 2 + first.length, second, 0, second.length);
    }
}
