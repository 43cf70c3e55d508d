package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;

/** Plain stochastic gradient steps, x += rate g, with gradients longer than a bound shortened to it. Remembers nothing. */
final class Sgd implements Optimiser {

    private final double longest;

    /** @param longest norm that no gradient exceeds */
    Sgd(double longest) { this.longest = longest; }

    @Override
    public boolean climb(double[] x, double[] gradient, double rate) {
        double shortened = Optimiser.shortening(gradient, longest);
        if (Double.isNaN(shortened)) {
            return false;
        }
        LaneMath.get().axpy(rate * shortened, gradient, 0, x, 0, x.length);
        return true;
    }

    @Override
    public void forget() { }

    @Override
    public double[] memory() { return new double[0]; }

    @Override
    public void recall(double[] memory) { }
}
