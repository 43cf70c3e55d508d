package io.driftwood.inference.variational;

/** Plain stochastic gradient steps, x += rate g, with gradients longer than a bound shortened to it. Remembers nothing. */
final class Sgd implements Optimiser {

    private final double longest;

    /** @param longest norm that no gradient exceeds */
    Sgd(double longest) { this.longest = longest; }

    @Override
    public void climb(double[] x, double[] gradient, double rate) {
        double factor = rate * Optimiser.shortening(gradient, longest);
        for (int k = 0; k < x.length; k++) {
            x[k] += factor * gradient[k];
        }
    }

    @Override
    public void forget() { }

    @Override
    public double[] memory() { return new double[0]; }

    @Override
    public void recall(double[] memory) { }
}
