package io.driftwood.inference.denoise.stream;

import java.util.Arrays;

/** One record as the recursions take it. Mutable, reused. */
final class Measurement {

    /** y_j; NaN where missing. */
    final double[] y;
    /** Scale of the noise of every coordinate; 1 where y is missing. */
    final double[] noise;
    /** Coordinates that are there. */
    int present;
    /** Whether it takes back what an earlier record has said. */
    boolean retracts;
    /** Time since the record before, in units of the drift's; 0 for the first. */
    double elapsed;

    Measurement(int dimension) {
        y = new double[dimension];
        noise = new double[dimension];
    }

    /** A record without a measurement. */
    void clear() {
        Arrays.fill(y, Double.NaN);
        Arrays.fill(noise, 1);
        present = 0;
        retracts = false;
        elapsed = 0;
    }
}
