package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;

/** How parameters without bounds climb by noisy gradients. Its memory can be taken out and put back to the bit. */
interface Optimiser {

    /**
     * Moves x; gradient is left as it is.
     *
     * @return false, and nothing is moved, where the gradient or its square is not finite
     */
    boolean climb(double[] x, double[] gradient, double rate);

    /** Forgets all gradients so far. */
    void forget();

    /** A copy of all it remembers. */
    double[] memory();

    /** Goes on from what {@link #memory} gave. */
    void recall(double[] memory);

    /** What shortens a gradient to a bound on its norm; NaN where it has none. */
    static double shortening(double[] gradient, double longest) {
        double squares = LaneMath.get().dot(gradient, 0, gradient, 0, gradient.length);
        return Double.isFinite(squares) ? Math.min(1, longest / Math.sqrt(squares)) : Double.NaN;
    }
}
