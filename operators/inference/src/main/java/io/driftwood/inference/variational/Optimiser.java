package io.driftwood.inference.variational;

/** How parameters without bounds climb by noisy gradients. Its memory can be taken out and put back to the bit. */
interface Optimiser {

    /** Moves x; gradient is left as it is. */
    void climb(double[] x, double[] gradient, double rate);

    /** Forgets all gradients so far. */
    void forget();

    /** A copy of all it remembers. */
    double[] memory();

    /** Goes on from what {@link #memory} gave. */
    void recall(double[] memory);

    /** What shortens a gradient to a bound on its norm. */
    static double shortening(double[] gradient, double longest) {
        double squares = 0;
        for (double e : gradient) {
            squares += e * e;
        }
        return Math.min(1, longest / Math.sqrt(squares));
    }
}
